package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.BlockTransform;
import dev.lowpass.ir.op.Clamp;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Opaque;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Pool;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Moves padding of rows and columns into the window of the convolution, depthwise layer or pool that reads it.
 *
 * <pre>
 * %p = pad %x {pads = [0, 0, 0, 0, 0, 0, 1, 1], value = 0.0}
 * %y = depthwise %p, %w {kernel = [3, 3], strides = [2, 2]}
 * =>
 * %y = depthwise %x, %w {kernel = [3, 3], strides = [2, 2], pads = [0, 0, 1, 1]}
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>images or channels are padded;
 *   <li>a convolution, depthwise layer or average pool reads padding of another value than 0;
 *   <li>an average pool rounds its extents up, or has pads of its own that it does not count;
 *   <li>a maximum pool reads padding that may win: neither minus infinity, nor at most the least value of its input,
 *       known from an activation before it, with a real element in every window.
 * </ul>
 */
public record FoldPadIntoConvolution() implements NodePass {
  @Override
  public String name() {
    return "fold-pad-into-convolution";
  }

  @Override
  public String summary() {
    return "moves padding into the window of the convolution or pool that reads it";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (node.operands().isEmpty() || node.operand(0).type().shape().rank() != 4) {
      return Rewrite.none();
    }
    Optional<Node> producer = index.producer(node.operand(0));
    if (producer.isEmpty() || !(producer.get().op() instanceof Pad pad) || !padsMapOnly(pad)) {
      return Rewrite.none();
    }
    Value unpadded = producer.get().operand(0);
    return padded(node.op(), pad, unpadded, index)
        .map(op -> Rewrite.redefine(List.of(reading(node, op, unpadded))))
        .orElse(Rewrite.none());
  }

  private static Node reading(Node node, Op op, Value unpadded) {
    List<Value> operands = new ArrayList<>(node.operands());
    operands.set(0, unpadded);
    return Node.of(node.name(), op, operands, node.location());
  }

  private static boolean padsMapOnly(Pad pad) {
    return pad.before(0) == 0 && pad.after(0) == 0 && pad.before(1) == 0 && pad.after(1) == 0;
  }

  private static Optional<Op> padded(Op op, Pad pad, Value unpadded, GraphIndex index) {
    boolean zero = pad.value() == 0;
    return switch (op) {
      case Convolution convolution when zero ->
          Optional.of(new Convolution(widened(convolution.window(), pad), convolution.groups(), convolution.precision()));
      case Depthwise depthwise when zero -> Optional.of(new Depthwise(widened(depthwise.window(), pad)));
      case AveragePool pool when zero && !pool.ceil() && countsItsPads(pool) ->
          Optional.of(new AveragePool(widened(pool.window(), pad), false, true));
      case MaxPool pool when !pool.ceil() && neverWins(pad, widened(pool.window(), pad), unpadded, index) ->
          Optional.of(new MaxPool(widened(pool.window(), pad), false));
      case Layer _, Pool _, Elementwise _, Binary _, BatchNormalization _, MatrixProduct _ -> Optional.empty();
      case Softmax _, Resize _, Constant _, BlockTransform _, Rearrangement _, Opaque _ -> Optional.empty();
    };
  }

  private static boolean countsItsPads(AveragePool pool) {
    return pool.countPads() || pool.window().pads().equals(Window.NO_PADS);
  }

  private static Window widened(Window window, Pad pad) {
    List<Integer> added = List.of(pad.before(2), pad.before(3), pad.after(2), pad.after(3));
    List<Integer> pads = IntStream.range(0, 4).mapToObj(i -> window.pads().get(i) + added.get(i)).toList();
    return new Window(window.kernel(), window.strides(), pads, window.dilations());
  }

  private static boolean neverWins(Pad pad, Window window, Value unpadded, GraphIndex index) {
    if (pad.value() == Float.NEGATIVE_INFINITY) {
      return true;
    }
    boolean everyWindowSeesTheMap =
        window.dilations().equals(Window.ONES)
            && IntStream.range(0, 4).allMatch(i -> window.pads().get(i) < window.kernel().get(i % 2));
    return everyWindowSeesTheMap && pad.value() <= least(unpadded, index);
  }

  /** A lower bound of the elements of {@code value}. */
  private static double least(Value value, GraphIndex index) {
    return index
        .producer(value)
        .flatMap(node -> node.op() instanceof Elementwise function ? function.clamp() : Optional.empty())
        .map(Clamp::low)
        .orElse(Double.NEGATIVE_INFINITY);
  }
}
