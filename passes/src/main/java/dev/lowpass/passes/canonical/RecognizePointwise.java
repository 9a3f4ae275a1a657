package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Location;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a 1x1 convolution a pointwise layer; one with strides reads a slice of every so-many-th row and column, one with
 * pads a padded map, and one with groups becomes a layer for each.
 *
 * <pre>
 * %y = convolution %x, %w {kernel = [1, 1], strides = [2, 2]}                    ; %x: f32[1, 64, 14, 14]
 * =>
 * %y.strided = slice %x {starts = [0, 0, 0, 0], extents = [1, 64, 7, 7], steps = [1, 1, 2, 2]}
 * %y = pointwise %y.strided, %w.matrix                                           ; %w.matrix: f32[128, 64]
 *
 * %y = convolution %x, %w {kernel = [1, 1], groups = 2}                          ; %x: f32[1, 64, 14, 14]
 * =>
 * %y.input0 = slice %x {starts = [0, 0, 0, 0], extents = [1, 32, 14, 14]}
 * %y.group0 = pointwise %y.input0, %w.matrix0                                    ; %w.matrix0: f32[64, 32]
 * …
 * %y = concat %y.group0, %y.group1 {axis = 1}
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>the kernel is larger than 1x1;
 *   <li>groups have fewer than 8 channels, of which products are slow;
 *   <li>the weights are computed.
 * </ul>
 */
public record RecognizePointwise() implements NodePass {
  private static final int LEAST_CHANNELS = 8;

  @Override
  public String name() {
    return "recognize-pointwise";
  }

  @Override
  public String summary() {
    return "makes 1x1 convolutions pointwise, whatever their strides, pads and groups";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (!(node.op() instanceof Convolution convolution) || index.constant(node.operand(1)).isEmpty()) {
      return Rewrite.none();
    }
    int channels = node.operand(1).type().shape().dim(1);
    boolean wide = convolution.groups() == 1 || channels >= LEAST_CHANNELS;
    boolean known = node.operands().stream().skip(2).allMatch(bias -> index.constant(bias).isPresent());
    boolean fires = convolution.window().kernel().equals(Window.ONES) && wide && (convolution.groups() == 1 || known);
    return fires ? new Layers(node, convolution, index).rewrite() : Rewrite.none();
  }

  /** What one convolution becomes. */
  private static final class Layers {
    private final Node node;
    private final Window window;
    private final int groups;
    private final Pointwise product;
    private final GraphIndex index;
    private final List<Node> nodes = new ArrayList<>();

    Layers(Node node, Convolution convolution, GraphIndex index) {
      this.node = node;
      this.window = convolution.window();
      this.groups = convolution.groups();
      this.product = Pointwise.dense().with(convolution.precision());
      this.index = index;
    }

    Rewrite rewrite() {
      Value input = strided(padded(node.operand(0)));
      if (groups == 1) {
        List<Value> operands = new ArrayList<>(List.of(input, matrix(0, "")));
        operands.addAll(node.operands().subList(2, node.operands().size()));
        nodes.add(Node.of(node.name(), product, operands, node.location()));
        return Rewrite.redefine(nodes);
      }
      List<Value> results = new ArrayList<>();
      for (int group = 0; group < groups; group++) {
        results.add(group(input, group));
      }
      nodes.add(Node.of(node.name(), new Concat(1), results, node.location()));
      return Rewrite.redefine(nodes);
    }

    private Value padded(Value input) {
      if (window.pads().equals(Window.NO_PADS)) {
        return input;
      }
      List<Integer> pads = window.pads();
      Pad pad = new Pad(List.of(0, 0, pads.get(0), pads.get(1), 0, 0, pads.get(2), pads.get(3)), 0);
      return add(".padded", pad, List.of(input), node.location());
    }

    private Value strided(Value input) {
      if (window.strides().equals(Window.ONES)) {
        return input;
      }
      Shape result = node.type().shape();
      Shape picked = input.type().shape().with(2, result.dim(2)).with(3, result.dim(3));
      Slice slice = new Slice(List.of(0, 0, 0, 0), picked.dims(), List.of(1, 1, window.stride(0), window.stride(1)));
      return add(".strided", slice, List.of(input), node.location());
    }

    /** The outputs of one group; it is a layer with a name of its own. */
    private Value group(Value input, int group) {
      Shape shape = input.type().shape();
      int channels = shape.dim(1) / groups;
      Slice slice = Slice.along(shape, 1, group * channels, channels);
      Location location = new Location(node.location().text() + ".group" + group);
      List<Value> operands = new ArrayList<>();
      operands.add(add(".input" + group, slice, List.of(input), location));
      operands.add(matrix(group, Integer.toString(group)));
      if (node.operands().size() > 2) {
        int outputs = node.type().shape().dim(1) / groups;
        Tensor all = index.constant(node.operand(2)).orElseThrow();
        float[] part = Arrays.copyOfRange(all.floats(), group * outputs, (group + 1) * outputs);
        operands.add(constant(node.operand(2), ".part" + group, Tensor.of(part, outputs)));
      }
      return add(".group" + group, product, operands, location);
    }

    /** The weights of one group as a matrix [outputs, inputs]. */
    private Value matrix(int group, String suffix) {
      Tensor weight = index.constant(node.operand(1)).orElseThrow();
      int outputs = weight.shape().dim(0) / groups;
      int inputs = weight.shape().dim(1);
      int size = outputs * inputs;
      Tensor matrix =
          groups == 1
              ? weight.reshaped(Shape.of(outputs, inputs))
              : Tensor.of(Arrays.copyOfRange(weight.floats(), group * size, (group + 1) * size), outputs, inputs);
      return constant(node.operand(1), ".matrix" + suffix, matrix);
    }

    private Value constant(Value original, String suffix, Tensor tensor) {
      nodes.add(Constants.of(index.fresh(original.name() + suffix), tensor, node.location()));
      return nodes.getLast().result();
    }

    private Value add(String suffix, Op op, List<Value> operands, Location location) {
      nodes.add(Node.of(index.fresh(node.name() + suffix), op, operands, location));
      return nodes.getLast().result();
    }
  }
}
