package dev.lowpass.passes.canonical;

import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;

/**
 * Folds a sum, difference, product or quotient with constants, one a channel or one for all, into the weights and bias
 * of the convolution, pointwise or depthwise layer before it. Paddle writes a convolution's bias this way.
 *
 * <pre>
 * %p = pointwise %x, %w
 * %y = add %p, %b                 ; %b: f32[1, 64, 1, 1]     =>     %y = pointwise %x, %y.weight, %y.bias
 * </pre>
 *
 * Folded in double precision and rounded once. Does not fire when
 * <ul>
 *   <li>the constant differs from place to place of the map, or broadcasting it enlarges the result;
 *   <li>the constant is divided by the layer's result;
 *   <li>the layer's weights or bias are computed;
 *   <li>another node, or the user, reads the layer's result as well;
 *   <li>the layer computes coefficients.
 * </ul>
 */
public record FoldChannelAffine() implements NodePass {
  @Override
  public String name() {
    return "fold-channel-affine";
  }

  @Override
  public String summary() {
    return "moves sums and products with channel constants into the weights of the layer before them";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (!(node.op() instanceof Binary binary)) {
      return Rewrite.none();
    }
    return ChannelAffine.ofBinary(node, binary, index)
        .flatMap(affine -> WeightFolding.into(node, affine, index))
        .orElse(Rewrite.none());
  }
}
