package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * An expression, element by element, or for {@code lanes} neighbours at once: those of 16 channels where images lie in
 * slabs, else those along the last axis.
 *
 * @param lanes elements of an item
 */
record ExpressionElements(ExpressionStep step, int lanes) implements ElementFunction {
  /** With vectors of up to {@code most} elements where the step's operands can be read as such. */
  static ExpressionElements of(ExpressionStep step, int most) {
    ExpressionElements vectors = new ExpressionElements(step, most);
    return vectors.fits() ? vectors : new ExpressionElements(step, 1);
  }

  private boolean fits() {
    return runLength() >= lanes
        && Memory.isVector(step.output())
        && step.inputs().stream().allMatch(slot -> isOne(slot) || Memory.isVector(slot) && isVector(slot));
  }

  /** Elements of the output that follow each other in memory and along its innermost coordinate. */
  private long runLength() {
    return switch (step.output().layout()) {
      case Layout.Slabbed _ -> Layout.LANES;
      case Layout.RowMajor(Shape shape) -> isFlat() ? shape.elements() : innermost(shape);
    };
  }

  private static int innermost(Shape shape) {
    return shape.rank() == 0 ? 1 : shape.dim(-1);
  }

  /** Whether every operand is one number or as large as the output, so that no coordinates are needed. */
  private boolean isFlat() {
    return step.inputs().stream().allMatch(slot -> isOne(slot) || slot.layout().equals(step.output().layout()));
  }

  private static boolean isOne(Slot slot) {
    return slot.shape().elements() == 1;
  }

  /** Whether the elements that neighbours of the output need are neighbours too, or one for all of them. */
  private boolean isVector(Slot slot) {
    return switch (step.output().layout()) {
      case Layout.Slabbed output ->
          slot.layout().equals(output) || isChannels(slot, output) || isPositions(slot, output);
      case Layout.RowMajor(Shape shape) ->
          slot.layout() instanceof Layout.RowMajor
              && (innermost(slot.shape()) == 1 || innermost(slot.shape()) == innermost(shape));
    };
  }

  /** Whether {@code slot} has one value a channel, in slabs as computed values are or in order as constants are. */
  private static boolean isChannels(Slot slot, Layout.Slabbed output) {
    return switch (slot.layout()) {
      case Layout.Slabs slabs ->
          slabs.rows() == 1
              && slabs.channels() == output.channels()
              && (slabs.batch() == output.batch() || slabs.batch() == 1);
      // Constants of one word an element are padded to whole vectors.
      case Layout.RowMajor(Shape shape) ->
          slot.home() == Slot.Home.CONSTANT
              && shape.rank() >= 3
              && shape.elements() == output.channels()
              && shape.dim(-3) == output.channels();
      case Layout.Coefficients _ -> false;
    };
  }

  /** Whether {@code slot} has one value a position, for all channels. */
  private static boolean isPositions(Slot slot, Layout.Slabbed output) {
    Shape shape = slot.shape();
    return output instanceof Layout.Slabs slabs
        && !slot.isCoefficients()
        && shape.rank() == 4
        && shape.dim(1) == 1
        && shape.dim(2) == slabs.height()
        && shape.dim(3) == slabs.width()
        && (shape.dim(0) == 1 || shape.dim(0) == slabs.batch());
  }

  @Override
  public long count() {
    Layout layout = step.output().layout();
    if (layout instanceof Layout.Slabbed) {
      return lanes > 1 || isFlat() ? layout.elements() / lanes : step.output().shape().elements();
    }
    return layout.elements() == 0 ? 0 : layout.elements() / runLength() * vectorsOfRun();
  }

  private long vectorsOfRun() {
    return Math.ceilDiv(runLength(), lanes);
  }

  /** The first element of item {@code index}; in a row the last vector may begin before the one before it ends. */
  private Expr first(Expr index) {
    if (step.output().layout() instanceof Layout.Slabbed) {
      return index.times(lanes);
    }
    long run = runLength();
    Expr within = index.floorMod(vectorsOfRun()).times(lanes).min(run - lanes);
    return index.floorDiv(vectorsOfRun()).times(run).plus(within);
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Expr at = code.let("at", first(index));
    boolean coordinates = !isFlat() && (lanes == 1 || step.output().layout() instanceof Layout.RowMajor);
    List<Expr> place = coordinates ? Addressing.coordinates(step.output().shape(), at) : List.of();
    Expr target = coordinates ? Addressing.offset(step.output().layout(), step.output().shape(), place) : at;
    List<Expr> values = new ArrayList<>();
    for (Slot slot : step.inputs()) {
      values.add(code.let("x", load(memory, slot, target, place)));
    }
    Expressions.write(code, step.expression(), values);
    code.add(memory.store(step.output(), target, values.getLast().broadcast(lanes)));
  }

  /**
   * @param at where the result goes
   * @param place its coordinates, where they are needed
   */
  private Expr load(Memory memory, Slot slot, Expr at, List<Expr> place) {
    if (isOne(slot)) {
      return memory.load(slot, Expr.i32(0));
    }
    if (slot.layout().equals(step.output().layout())) {
      return memory.load(slot, at, lanes);
    }
    if (lanes > 1 && step.output().layout() instanceof Layout.Slabbed output && isPositions(slot, output)) {
      return memory.load(slot, position(slot, output, at));
    }
    if (lanes > 1 && step.output().layout() instanceof Layout.Slabbed output) {
      return memory.load(slot, channels(slot, output, at), lanes);
    }
    List<Expr> own = new ArrayList<>();
    Shape shape = slot.shape();
    for (int axis = 0; axis < shape.rank(); axis++) {
      own.add(shape.dim(axis) == 1 ? Expr.i32(0) : place.get(axis + place.size() - shape.rank()));
    }
    Expr offset = Addressing.offset(slot.layout(), shape, own);
    return memory.load(slot, offset, innermost(shape) == 1 ? 1 : lanes);
  }

  /** Where the value is of the position that lies at {@code at} of the output. */
  private static Expr position(Slot slot, Layout.Slabbed output, Expr at) {
    Expr vector = at.floorDiv(Layout.LANES);
    Expr row = vector.floorMod(output.rows());
    Expr image = slot.shape().dim(0) == 1 ? Expr.i32(0) : vector.floorDiv((long) output.rows() * output.slabs());
    Expr place = image.times(output.rows()).plus(row);
    return slot.layout() instanceof Layout.Slabbed ? place.times(Layout.LANES) : place;
  }

  /** Where the values of the 16 channels that lie at {@code at} of the output begin. */
  private static Expr channels(Slot slot, Layout.Slabbed output, Expr at) {
    Expr slab = at.floorDiv((long) output.rows() * Layout.LANES);
    boolean eachImage = slot.layout() instanceof Layout.Slabs slabs && slabs.batch() == output.batch();
    return (eachImage ? slab : slab.floorMod(output.slabs())).times(Layout.LANES);
  }
}
