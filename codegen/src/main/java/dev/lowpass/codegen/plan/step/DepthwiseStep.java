package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.SpectralDepthwise;
import java.util.List;
import java.util.Optional;

/**
 * For every slab of 16 channels: [expansion] → [inverse transform] → before → depthwise → after → [forward transform,
 * truncated]. The inverse transform is there where the input is coefficients, the forward transform where the output
 * is.
 *
 * @param weight [channels][kernel height · kernel width]
 * @param bias [channels], or empty
 * @param given coefficients of each channel of the input that are not known to be zero, where it has any
 * @param keep coefficients of each channel that are read later
 * @param exact whether coefficients beyond {@code keep} must be zero; else they are undefined
 */
public record DepthwiseStep(
    String name,
    Slot input,
    Slot output,
    Optional<Expansion> expansion,
    List<Elementwise> before,
    Window window,
    Weights weight,
    Weights bias,
    List<Elementwise> after,
    Optional<Bands> given,
    Optional<Bands> keep,
    boolean exact)
    implements Step {
  public int channels() {
    return output.slabbed().channels();
  }

  /** What a kernel may do that is cut as a machine's rule says. */
  public SpectralDepthwise spectral() {
    Layout.Slabbed map = input.slabbed();
    return new SpectralDepthwise(
        map.batch(),
        map.channels(),
        map.height(),
        map.width(),
        window,
        given.map(bands -> transform(input, bands)),
        keep.map(bands -> transform(output, bands)));
  }

  private static SpectralDepthwise.Transform transform(Slot coefficients, Bands bands) {
    return new SpectralDepthwise.Transform(((Layout.Coefficients) coefficients.layout()).block(), bands);
  }

  public boolean isSpectral() {
    return input.isCoefficients() || output.isCoefficients();
  }

  @Override
  public List<Slot> reads() {
    return List.of(input);
  }

  @Override
  public String kind() {
    String depthwise = isSpectral() ? "spectral depthwise" : "depthwise";
    return expansion.map(made -> Step.kind("expansion + " + depthwise, made.precision())).orElse(depthwise);
  }

  @Override
  public long multiplyAdds() {
    Layout.Slabbed out = output.slabbed();
    long taps = (long) window.kernel().get(0) * window.kernel().get(1);
    long own = taps * out.height() * out.width() * out.channels() * out.batch();
    long expanding =
        expansion.map(e -> ProductStep.multiplyAdds(e.bands(), input.slabbed(), channels())).orElse(0L);
    return own + expanding;
  }
}
