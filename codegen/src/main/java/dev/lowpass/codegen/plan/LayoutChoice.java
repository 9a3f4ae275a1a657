package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.fusion.Chain;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import java.util.List;

/**
 * Whether results of rank 4 lie in slabs or row-major, where the kernel does not mind. Slabs are for layers; of a map of
 * one channel 15 of 16 lanes would be computed for nothing, and what was a matrix is read as one again.
 */
final class LayoutChoice {
  /** Channels of a map that stays row-major, at most. */
  private static final int FEW = 4;

  private final Chain chain;
  private final SlotTable slots;

  LayoutChoice(Chain chain, SlotTable slots) {
    this.chain = chain;
    this.slots = slots;
  }

  /** Whether the result of a rearrangement lies row-major. */
  boolean movesToRows(Node rearrangement) {
    Value result = rearrangement.result();
    return isInRows(result) || isThin(result) || chain.isReadInRows(result);
  }

  /** Whether a function of elements of these {@code operands} leaves its {@code result} row-major. */
  boolean computesInRows(Value result, List<Value> operands) {
    if (isInRows(result) || isThin(result)) {
      return true;
    }
    Shape shape = result.type().shape();
    List<Value> whole = operands.stream().filter(operand -> operand.type().shape().equals(shape)).toList();
    return whole.stream().anyMatch(operand -> !isConstant(operand))
        && whole.stream().allMatch(this::liesInRows)
        && operands.stream().allMatch(operand -> isOfRows(operand.type().shape(), shape));
  }

  /** Whether neighbours in a row of {@code shape} need neighbours or one element of an operand of shape {@code own}. */
  private static boolean isOfRows(Shape own, Shape shape) {
    boolean vectors = shape.dim(-1) >= Layout.LANES;
    return own.elements() == 1
        || own.equals(shape)
        || vectors && (own.dim(-1) == 1 || own.dim(-1) == shape.dim(-1));
  }

  private static boolean isInRows(Value value) {
    return Layout.inside(value.type()) instanceof Layout.RowMajor;
  }

  private static boolean isThin(Value value) {
    return Layout.inside(value.type()) instanceof Layout.Slabs slabs && slabs.channels() <= FEW;
  }

  private boolean isConstant(Value value) {
    return slots.anyLayout(value).home() == Slot.Home.CONSTANT;
  }

  private boolean liesInRows(Value value) {
    return slots.anyLayout(value).layout() instanceof Layout.RowMajor;
  }
}
