package dev.lowpass.codegen.cpu.rounded;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.product.Factors;
import dev.lowpass.codegen.cpu.kernel.product.PanelCall;
import dev.lowpass.codegen.cpu.kernel.product.Pitch;
import dev.lowpass.codegen.cpu.kernel.product.RoundRows;
import dev.lowpass.codegen.cpu.kernel.product.RoundedKernel;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.llvm.Bfloats;
import java.util.Optional;

/**
 * Where a worker keeps what a product in bfloat16 reads, once it is rounded, and the sums of the panel at hand: both in
 * its private memory.
 *
 * @param at where it begins
 * @param rows that are kept at most
 * @param steps of 32 channels
 */
public record Rounding(BuiltKernel<RoundRows.Call> kernel, int at, int rows, int steps) {
  /** For {@code factors}; none where they are multiplied as they are. */
  public static Optional<Rounding> of(Workshop workshop, Factors factors, Pitch input, int at, int rows) {
    if (!factors.areRounded()) {
      return Optional.empty();
    }
    int steps = Math.ceilDiv(factors.channels(), Bfloats.CHANNELS);
    // Tiles read beyond the last row.
    int filled = rows + RoundedKernel.MOST_ROWS;
    Rounding rounding = new Rounding(workshop.kernel("round", new RoundRows(input)), at, filled, steps);
    workshop.needPrivate(rounding.sumsAt() + (long) RoundedKernel.SUMS);
    return Optional.of(rounding);
  }

  private int between() {
    return rows * LANES;
  }

  private int sumsAt() {
    return at + steps * between();
  }

  /** Rounds the first {@code channels} channels of some rows. @param x the address of the first */
  public void round(Code code, Entry entry, Expr x, Expr count, Expr channels) {
    kernel
        .call()
        .x(x)
        .rows(count)
        .channels(channels)
        .to(entry.privateAddress(entry.worker(), at), Expr.i32(between()))
        .in(code);
  }

  /** Elements of private memory for so many rows. */
  public static int elements(Factors factors, int rows) {
    return Math.ceilDiv(factors.channels(), Bfloats.CHANNELS) * (rows + RoundedKernel.MOST_ROWS) * LANES;
  }

  /** {@code call} for rows that were rounded, from row {@code first} of them on. */
  public PanelCall passTo(PanelCall call, Entry entry, Expr first) {
    return call.x(entry.privateAddress(entry.worker(), first.times(LANES).plus(at)))
        .rounded(Expr.i32(between()), entry.privateAddress(entry.worker(), sumsAt()));
  }
}
