package dev.lowpass.codegen.cpu.halved;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Var;

/**
 * What a {@link StrassenProduct} reads: the quarters of its input, and the sums S of quarters, in private memory:
 * [image][sum][slab][row][lane]. Every worker makes all of them for itself: that takes a few microseconds, as long as it
 * would take to wait for others and to fetch theirs, and brings the quarters near.
 */
public final class HalvedInput {
  private final Slot slot;
  private final Layout.Slabbed layout;
  private final HalvedRows rows;
  private final int sumsAt;
  private final int half;
  private final int pieces;
  private final BuiltKernel<HalfSums.Call> kernel;

  /** @param sumsAt where the sums begin in private memory */
  HalvedInput(Workshop workshop, Slot slot, HalvedRows rows, int sumsAt) {
    this.slot = slot;
    this.layout = slot.slabbed();
    this.rows = rows;
    this.sumsAt = sumsAt;
    this.half = layout.channels() / 2;
    this.pieces = workshop.parameters().add(rows.table());
    this.kernel = workshop.kernel("sums", new HalfSums(half * layout.rows(), sumElements()));
    workshop.needPrivate(sumsAt + (long) layout.batch() * imageSums());
  }

  /** Channels of a half. */
  int half() {
    return half;
  }

  /** Rows of a slab of the input. */
  int inputRows() {
    return layout.rows();
  }

  HalvedRows rows() {
    return rows;
  }

  private int sumElements() {
    return half * rows.sumRows();
  }

  private int imageSums() {
    return 4 * sumElements();
  }

  /** Makes the sums. */
  public void sums(Code code, Entry entry) {
    code.loop(
        "image",
        layout.batch(),
        (images, image) ->
            images.loop(
                "piece",
                rows.pieces().size(),
                (pieces, index) -> {
                  Piece piece = piece(pieces, entry, image, index);
                  pieces.loop("slab", half / LANES, (body, slab) -> sums(body, entry, piece, slab));
                }));
  }

  private void sums(Code code, Entry entry, Piece piece, Expr slab) {
    Expr from = slab.times(layout.rows() * LANES);
    Expr to = piece.sum.plus(slab.times(rows.sumRows() * LANES)).plus(sumsAt);
    kernel
        .call()
        .halves(piece.halves.upper(entry, slot, from), piece.halves.lower(entry, slot, from))
        .sums(entry.privateAddress(entry.worker(), to))
        .rows(piece.rows)
        .in(code);
  }

  /** Where the halves of a piece begin in the first slab of a slot, in elements. */
  public record Halves(Var upper, Var lower) {
    public Expr upper(Entry entry, Slot slot, Expr offset) {
      return entry.address(slot, upper.plus(offset));
    }

    public Expr lower(Entry entry, Slot slot, Expr offset) {
      return entry.address(slot, lower.plus(offset));
    }
  }

  /** The halves of piece {@code index} in {@code image} of some slot. */
  public Halves halves(Code code, Entry entry, Slot of, Expr image, Expr index) {
    Expr first = image.times(Math.toIntExact(of.slabbed().imageElements()));
    Expr words = index.times(HalvedRows.WORDS);
    return new Halves(
        code.let("upper", entry.table(pieces, words).times(LANES).plus(first)),
        code.let("lower", entry.table(pieces, words.plus(1)).times(LANES).plus(first)));
  }

  /**
   * A piece of the input, and where its sums begin, in elements.
   *
   * @param rows of a half
   */
  record Piece(Halves halves, Var rows, Var sum) {}

  Piece piece(Code code, Entry entry, Expr image, Expr index) {
    Expr words = index.times(HalvedRows.WORDS);
    return new Piece(
        halves(code, entry, slot, image, index),
        code.let("rows", entry.table(pieces, words.plus(2))),
        code.let("sum", entry.table(pieces, words.plus(3)).times(LANES).plus(image.times(imageSums()))));
  }

  Expr a11(Entry entry, Piece piece) {
    return piece.halves.upper(entry, slot, Expr.i32(0));
  }

  Expr a12(Entry entry, Piece piece) {
    return piece.halves.upper(entry, slot, Expr.i32(half * layout.rows()));
  }

  Expr a22(Entry entry, Piece piece) {
    return piece.halves.lower(entry, slot, Expr.i32(half * layout.rows()));
  }

  /** @param number from 1 to 4 */
  Expr sum(Entry entry, Piece piece, int number) {
    return entry.privateAddress(entry.worker(), piece.sum.plus((number - 1) * sumElements() + sumsAt));
  }
}
