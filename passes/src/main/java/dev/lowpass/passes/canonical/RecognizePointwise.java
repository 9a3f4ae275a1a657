package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a 1x1 convolution a pointwise layer; one with strides reads a slice of every so-many-th row and column.
 *
 * <pre>
 * %y = convolution %x, %w {kernel = [1, 1], strides = [2, 2]}                    ; %x: f32[1, 64, 14, 14]
 * =>
 * %y.strided = slice %x {starts = [0, 0, 0, 0], extents = [1, 64, 7, 7], steps = [1, 1, 2, 2]}
 * %y = pointwise %y.strided, %w.matrix                                           ; %w.matrix: f32[128, 64]
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>the kernel is larger than 1x1;
 *   <li>there are groups;
 *   <li>there are pads: the border of the result is bias alone;
 *   <li>the weights are computed.
 * </ul>
 */
public record RecognizePointwise() implements NodePass {
  @Override
  public String name() {
    return "recognize-pointwise";
  }

  @Override
  public String summary() {
    return "makes 1x1 convolutions pointwise, a slice before those with strides";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (!(node.op() instanceof Convolution convolution) || index.constant(node.operand(1)).isEmpty()) {
      return Rewrite.none();
    }
    Window window = convolution.window();
    boolean combinesChannelsOnly =
        window.kernel().equals(Window.ONES) && window.pads().equals(Window.NO_PADS) && convolution.groups() == 1;
    return combinesChannelsOnly ? pointwise(node, window, index) : Rewrite.none();
  }

  private static Rewrite pointwise(Node node, Window window, GraphIndex index) {
    List<Node> nodes = new ArrayList<>();
    List<Value> operands = new ArrayList<>(node.operands());
    if (!window.strides().equals(Window.ONES)) {
      Shape result = node.type().shape();
      Shape picked = node.operand(0).type().shape().with(2, result.dim(2)).with(3, result.dim(3));
      Slice slice = new Slice(List.of(0, 0, 0, 0), picked.dims(), List.of(1, 1, window.stride(0), window.stride(1)));
      nodes.add(Node.of(index.fresh(node.name() + ".strided"), slice, List.of(node.operand(0)), node.location()));
      operands.set(0, nodes.getLast().result());
    }
    Tensor weight = index.constant(node.operand(1)).orElseThrow();
    Tensor matrix = weight.reshaped(Shape.of(weight.shape().dim(0), weight.shape().dim(1)));
    nodes.add(Constants.of(index.fresh(node.operand(1).name() + ".matrix"), matrix, node.location()));
    operands.set(1, nodes.getLast().result());
    nodes.add(Node.of(node.name(), Pointwise.dense(), operands, node.location()));
    return Rewrite.redefine(nodes);
  }
}
