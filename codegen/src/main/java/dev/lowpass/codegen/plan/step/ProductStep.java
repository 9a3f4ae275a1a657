package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.op.Elementwise;
import java.util.List;
import java.util.Optional;

/**
 * A pointwise convolution over samples or coefficients: act(W x + b + residual), the bias at DC alone where the rows
 * are coefficients.
 *
 * @param weight [outputs][channels]
 * @param bias [outputs], or empty
 * @param bands how much of the input each row group reads
 * @param zeros whether many samples of the input are zero, since a function such as relu made them
 * @param pooled whether the output is the mean of all that over the rows, which are samples
 * @param precision in which input and weights are multiplied
 */
public record ProductStep(
    String name,
    Slot input,
    Slot output,
    Optional<Slot> residual,
    Weights weight,
    Weights bias,
    List<Band> bands,
    List<Elementwise> activation,
    boolean zeros,
    boolean pooled,
    Precision precision)
    implements Step {
  public int channels() {
    return input.slabbed().channels();
  }

  public int outputs() {
    return output.slabbed().channels();
  }

  @Override
  public List<Slot> reads() {
    return Step.with(input, residual);
  }

  @Override
  public String kind() {
    String kind = input.isCoefficients() ? "banded product" : pooled ? "product + pool" : "product";
    return Step.kind(kind, precision);
  }

  @Override
  public long multiplyAdds() {
    return multiplyAdds(bands, input.slabbed(), outputs());
  }

  static long multiplyAdds(List<Band> bands, Layout.Slabbed input, int outputs) {
    long rows = 0;
    for (Band band : bands) {
      rows += (long) (band.to() - band.from()) * input.rowsOfGroup() * band.channels();
    }
    return rows * outputs * input.batch();
  }
}
