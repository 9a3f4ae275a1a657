package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Node;
import dev.lowpass.ir.Rewrite;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Transpose;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.NodePass;
import dev.lowpass.passes.pass.PassContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Drops data movement that moves nothing, and makes one movement of two.
 *
 * <pre>
 * reshape to the same shape, identity transpose, pad by 0, slice of all, concat of one     =>   its operand
 * reshape of reshape, transpose of transpose, pad of pad with one value                    =>   one of them
 * transpose that moves axes of extent 1 only                                               =>   reshape
 * </pre>
 *
 * Does not fire when
 * <ul>
 *   <li>two movements are of different kinds: a transpose between two reshapes stays;
 *   <li>two pads write different values;
 *   <li>a slice leaves something out or turns an axis around.
 * </ul>
 */
public record SimplifyMovement() implements NodePass {
  @Override
  public String name() {
    return "simplify-movement";
  }

  @Override
  public String summary() {
    return "drops data movement that moves nothing and joins movements of one kind";
  }

  @Override
  public Rewrite rewriteAt(Node node, GraphIndex index, PassContext context) {
    if (node.operands().size() != 1) {
      return Rewrite.none();
    }
    Value input = node.operand(0);
    if (movesNothing(node.op(), input.type())) {
      return Rewrite.replace(node.result(), input, List.of());
    }
    if (node.op() instanceof Transpose transpose && keepsElementOrder(transpose, input.type().shape())) {
      return redefine(node, new Reshape(node.type().shape()), input);
    }
    return index
        .producer(input)
        .flatMap(earlier -> joined(earlier.op(), node.op()).map(op -> redefine(node, op, earlier.operand(0))))
        .orElse(Rewrite.none());
  }

  private static Rewrite redefine(Node node, Op op, Value input) {
    return Rewrite.redefine(List.of(Node.of(node.name(), op, List.of(input), node.location())));
  }

  private static boolean movesNothing(Op op, TensorType input) {
    return switch (op) {
      case Reshape reshape -> reshape.shape().equals(input.shape());
      case Transpose transpose -> isAscending(transpose.permutation());
      case Pad pad -> pad.pads().stream().allMatch(amount -> amount == 0);
      case Slice slice ->
          slice.extents().equals(input.shape().dims()) && slice.starts().stream().allMatch(start -> start == 0);
      case Concat concat -> true;
      case Op other -> false;
    };
  }

  /** Whether axes of more than one element stay in order, so that elements do. */
  private static boolean keepsElementOrder(Transpose transpose, Shape input) {
    return isAscending(transpose.permutation().stream().filter(axis -> input.dim(axis) > 1).toList());
  }

  private static boolean isAscending(List<Integer> axes) {
    return axes.equals(axes.stream().sorted().toList());
  }

  /** The one operator that does what {@code earlier} and then {@code later} do. */
  private static Optional<Op> joined(Op earlier, Op later) {
    if (earlier instanceof Reshape && later instanceof Reshape) {
      return Optional.of(later);
    }
    if (earlier instanceof Transpose first && later instanceof Transpose second) {
      return Optional.of(new Transpose(second.permutation().stream().map(first.permutation()::get).toList()));
    }
    if (earlier instanceof Pad first && later instanceof Pad second && first.value() == second.value()) {
      List<Integer> sums =
          IntStream.range(0, first.pads().size()).mapToObj(i -> first.pads().get(i) + second.pads().get(i)).toList();
      return Optional.of(new Pad(sums, first.value()));
    }
    return Optional.empty();
  }
}
