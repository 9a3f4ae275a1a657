package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a convolution with as many groups as input and output channels a depthwise layer.
 *
 * <pre>
 * %y = convolution %x, %w {kernel = [3, 3], groups = 64}     ; %w:           f32[64, 1, 3, 3]
 * =>
 * %y = depthwise %x, %w.filters {kernel = [3, 3]}            ; %w.filters:   f32[64, 3, 3]
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>there is one group: a convolution of one channel is left as it is;
 *   <li>groups have several input channels, or several output channels (a channel multiplier);
 *   <li>the weights are computed.
 * </ul>
 */
public record RecognizeDepthwise() implements NodePass {
  @Override
  public String name() {
    return "recognize-depthwise";
  }

  @Override
  public String summary() {
    return "makes convolutions with one group a channel depthwise";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (!(node.op() instanceof Convolution convolution) || index.constant(node.operand(1)).isEmpty()) {
      return Rewrite.none();
    }
    Value weight = node.operand(1);
    Tensor filters = index.constant(weight).orElseThrow();
    int groups = convolution.groups();
    if (groups == 1 || filters.shape().dim(0) != groups || filters.shape().dim(1) != 1) {
      return Rewrite.none();
    }
    Shape shape = Shape.of(groups, filters.shape().dim(2), filters.shape().dim(3));
    Node reshaped = Constants.of(index.fresh(weight.name() + ".filters"), filters.reshaped(shape), node.location());
    List<Value> operands = new ArrayList<>(node.operands());
    operands.set(1, reshaped.result());
    Node depthwise = Node.of(node.name(), new Depthwise(convolution.window()), operands, node.location());
    return Rewrite.redefine(List.of(reshaped, depthwise));
  }
}
