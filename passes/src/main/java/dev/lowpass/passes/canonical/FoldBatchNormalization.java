package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.Collections;
import java.util.List;

/**
 * Folds a batch normalisation into the weights and bias of the convolution, pointwise or depthwise layer before it;
 * where there is none, or where others read that layer's result too, writes it as a product and a sum with constants of
 * one number a channel.
 *
 * <pre>
 * %c = convolution %x, %w {kernel = [3, 3]}
 * %y = batch_normalization %c, %scale, %bias, %mean, %variance {epsilon = 1.0E-5}
 * =>
 * %y = convolution %x, %y.weight, %y.bias {kernel = [3, 3]}
 * </pre>
 *
 * Folded in double precision and rounded once. Does not fire when
 * <ul>
 *   <li>a parameter of the normalisation is no constant.
 * </ul>
 */
public record FoldBatchNormalization() implements NodePass {
  @Override
  public String name() {
    return "fold-batch-normalization";
  }

  @Override
  public String summary() {
    return "moves batch normalisation into the weights of the layer before it, or writes it as a product and a sum";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (!(node.op() instanceof BatchNormalization normalization)) {
      return Rewrite.none();
    }
    return ChannelAffine.ofNormalization(node, normalization, index)
        .map(affine -> WeightFolding.into(node, affine, index).orElseGet(() -> productAndSum(node, affine, index)))
        .orElse(Rewrite.none());
  }

  private static Rewrite productAndSum(Node node, ChannelAffine affine, GraphIndex index) {
    Shape channels = new Shape(Collections.nCopies(node.type().shape().rank(), 1)).with(1, affine.scale().length);
    Node scale = Constants.of(index.fresh(node.name() + ".scale"), affine.scale(), channels, node.location());
    Node shift = Constants.of(index.fresh(node.name() + ".shift"), affine.shift(), channels, node.location());
    List<Value> factors = List.of(affine.input(), scale.result());
    Node product = Node.of(index.fresh(node.name() + ".scaled"), Binary.mul(), factors, node.location());
    Node sum = Node.of(node.name(), Binary.add(), List.of(product.result(), shift.result()), node.location());
    return Rewrite.redefine(List.of(scale, shift, product, sum));
  }
}
