package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Transpose;
import java.util.List;

/** Movement of whole slabs: images between which 16 neighbouring channels stay together. An item is such a vector. */
record MoveSlabs(MoveStep step) implements ElementFunction {
  private static final int LANES = Layout.LANES;

  /** Whether all images lie in slabs, and channels stay together or begin at a slab of their own. */
  static boolean fits(MoveStep step) {
    boolean slabs =
        step.output().layout() instanceof Layout.Slabs
            && step.inputs().stream().allMatch(slot -> slot.layout() instanceof Layout.Slabs);
    return slabs && step.op().filter(op -> fits(step, op)).isPresent();
  }

  private static boolean fits(MoveStep step, Rearrangement op) {
    return switch (op) {
      case Slice slice -> slice.steps().get(1) == 1 && slice.starts().get(1) % LANES == 0;
      case Pad pad -> pad.before(1) == 0 && pad.after(1) == 0;
      case Concat(int axis) ->
          axis != 1
              || step.inputs().subList(0, step.inputs().size() - 1).stream()
                  .allMatch(slot -> slot.shape().dim(1) % LANES == 0);
      case DepthToSpace depthToSpace -> !depthToSpace.together() && step.output().shape().dim(1) % LANES == 0;
      case Transpose _, Reshape _, Expand _ -> false;
    };
  }

  @Override
  public long count() {
    return step.output().layout().elements() / LANES;
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Layout.Slabs output = (Layout.Slabs) step.output().layout();
    Expr column = index.floorMod(output.width());
    Expr row = index.floorDiv(output.width()).floorMod(output.height());
    Expr slab = index.floorDiv((long) output.rows()).floorMod(output.slabs());
    Expr image = index.floorDiv((long) output.rows() * output.slabs());
    List<Expr> at = List.of(image, slab, row, column);
    Expr value =
        switch (step.op().orElseThrow()) {
          case Slice slice -> sliced(memory, slice, at);
          case Pad pad -> padded(memory, pad, at);
          case Concat(int axis) -> joined(memory, axis, at);
          case DepthToSpace depthToSpace -> spread(memory, depthToSpace.block(), at);
          case Transpose _, Reshape _, Expand _ -> throw new IllegalStateException(step.kind() + " takes channels apart");
        };
    code.add(memory.store(step.output(), index.times(LANES), value));
  }

  private static Expr vector(Memory memory, Slot slot, Expr image, Expr slab, Expr row, Expr column) {
    Layout.Slabs layout = (Layout.Slabs) slot.layout();
    Expr place = image.times(layout.slabs()).plus(slab).times(layout.height()).plus(row).times(layout.width());
    return memory.load(slot, place.plus(column).times(LANES), LANES);
  }

  private Expr sliced(Memory memory, Slice slice, List<Expr> at) {
    return vector(
        memory,
        step.inputs().getFirst(),
        from(slice, 0, at.get(0)),
        at.get(1).plus(slice.starts().get(1) / LANES),
        from(slice, 2, at.get(2)),
        from(slice, 3, at.get(3)));
  }

  private Expr spread(Memory memory, int block, List<Expr> at) {
    Expr place = at.get(2).floorMod(block).times(block).plus(at.get(3).floorMod(block));
    Expr slab = place.times(step.output().shape().dim(1) / LANES).plus(at.get(1));
    Slot input = step.inputs().getFirst();
    return vector(memory, input, at.get(0), slab, at.get(2).floorDiv(block), at.get(3).floorDiv(block));
  }

  private static Expr from(Slice slice, int axis, Expr at) {
    return at.times(slice.steps().get(axis)).plus(slice.starts().get(axis));
  }

  private Expr padded(Memory memory, Pad pad, List<Expr> at) {
    Slot input = step.inputs().getFirst();
    Expr image = at.get(0).minus(pad.before(0));
    Expr row = at.get(2).minus(pad.before(2));
    Expr column = at.get(3).minus(pad.before(3));
    Expr inside = within(image, input, 0).and(within(row, input, 2)).and(within(column, input, 3));
    Expr value = vector(memory, input, image, at.get(1), row, column);
    return inside.ifThenElse(value, Expr.constant(value.type(), pad.value()));
  }

  private static Expr within(Expr coordinate, Slot input, int axis) {
    return coordinate.atLeast(0).and(coordinate.lessThan(input.shape().dim(axis)));
  }

  private Expr joined(Memory memory, int axis, List<Expr> at) {
    List<Slot> parts = step.inputs().stream().filter(slot -> slot.shape().dim(axis) > 0).toList();
    return joined(memory, axis, at, parts, 0);
  }

  /** The vector of one of {@code parts}, the first of which begins at {@code start}; found by halves. */
  private static Expr joined(Memory memory, int axis, List<Expr> at, List<Slot> parts, int start) {
    if (parts.size() == 1) {
      Expr own = at.get(axis).minus(start);
      return vector(
          memory,
          parts.getFirst(),
          axis == 0 ? own : at.get(0),
          axis == 1 ? own : at.get(1),
          axis == 2 ? own : at.get(2),
          axis == 3 ? own : at.get(3));
    }
    List<Slot> before = parts.subList(0, parts.size() / 2);
    int middle = start + before.stream().mapToInt(slot -> units(slot, axis)).sum();
    Expr left = joined(memory, axis, at, before, start);
    Expr right = joined(memory, axis, at, parts.subList(before.size(), parts.size()), middle);
    return at.get(axis).lessThan(middle).ifThenElse(left, right);
  }

  /** How many slabs, or extents of another axis. */
  private static int units(Slot slot, int axis) {
    return Math.ceilDiv(slot.shape().dim(axis), axis == 1 ? LANES : 1);
  }
}
