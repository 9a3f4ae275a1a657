package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Window;
import java.util.List;
import java.util.Optional;

/**
 * A general convolution: act(W * x + b + residual). The input may be row-major. Weight
 * [outputs][channels/groups][kh][kw].
 *
 * @param precision in which input and weights are multiplied
 */
public record ConvolutionStep(
    String name,
    Slot input,
    Slot output,
    Optional<Slot> residual,
    Window window,
    int groups,
    Weights weight,
    Weights bias,
    List<Elementwise> activation,
    Precision precision)
    implements Step {
  @Override
  public List<Slot> reads() {
    return Step.with(input, residual);
  }

  @Override
  public String kind() {
    return Step.kind("convolution", precision);
  }

  @Override
  public long multiplyAdds() {
    Layout.Slabbed out = output.slabbed();
    return (long) weight.count() * out.height() * out.width() * out.batch();
  }
}
