package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.ScatterElements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scatter along one axis. An item is a line along it: lines do not share elements, and updates keep their order. */
record ScatterLines(GeneralStep step, ScatterElements scatter) implements ElementFunction {
  @Override
  public long count() {
    return step.output().shape().with(scatter.axis(), 1).elements();
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Slot indices = step.inputs().get(1);
    Shape shape = step.output().shape();
    int axis = scatter.axis();
    int extent = shape.dim(axis);
    List<Expr> at = Addressing.coordinates(shape.with(axis, 1), index);
    Expr first = code.let("first", Addressing.rowMajor(shape, at));
    long pitch = IndexedElements.elements(shape, axis + 1, shape.rank());
    Joining joining = new Joining(memory, step, scatter.join());
    code.loop("i", extent, (body, i) -> joining.copy(body, first.plus(i.times(pitch))));
    long own = IndexedElements.elements(indices.shape(), axis + 1, shape.rank());
    Expr update = Addressing.rowMajor(indices.shape(), at);
    Updates updates =
        inner ->
            inner.loop(
                "u",
                indices.shape().dim(axis),
                (body, u) -> {
                  Expr number = update.plus(u.times(own));
                  Expr place = IndexedElements.place(memory, indices, number, extent);
                  joining.update(body, first.plus(place.times(pitch)), number);
                });
    Expr inside = inside(at, shape, indices.shape());
    if (inside == null) {
      updates.write(code);
    } else {
      code.when(inside, updates::write);
    }
  }

  private interface Updates {
    void write(Code code);
  }

  /** Whether there are updates of the line at {@code at}; null where there are of all. */
  private @Nullable Expr inside(List<Expr> at, Shape shape, Shape indices) {
    Expr inside = null;
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (axis != scatter.axis() && indices.dim(axis) < shape.dim(axis)) {
        Expr here = at.get(axis).lessThan(indices.dim(axis));
        inside = inside == null ? here : inside.and(here);
      }
    }
    return inside;
  }
}
