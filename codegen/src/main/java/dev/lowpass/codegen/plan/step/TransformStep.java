package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.op.Elementwise;
import java.util.List;
import java.util.Optional;

/**
 * A block transform of its own: forward from samples to coefficients, or inverse: act(Dᵀ X D + residual).
 *
 * @param keep forward: coefficients that are read later; inverse: coefficients that are not known to be zero
 * @param exact forward: whether coefficients beyond {@code keep} must be zero; else they are undefined
 * @param pooled inverse: whether the output is the mean over the map
 */
public record TransformStep(
    String name,
    Slot input,
    Slot output,
    Optional<Slot> residual,
    Bands keep,
    boolean exact,
    List<Elementwise> activation,
    boolean pooled)
    implements Step {
  public boolean isForward() {
    return output.isCoefficients();
  }

  @Override
  public List<Slot> reads() {
    return Step.with(input, residual);
  }

  @Override
  public String kind() {
    return isForward() ? "dct" : pooled ? "idct + pool" : "idct";
  }
}
