package dev.lowpass.codegen.cpu.kernel.product;

import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.tir.Function;

/** y = act(x W + b + residual) for one panel of output channels: of a dense product, of one
 * that leaves out zeros, or of one that rounds. */
public sealed interface PanelKernel extends Kernel<PanelCall> permits ProductKernel, SkippingKernel, RoundedKernel {
  @Override
  default PanelCall call(Function built) {
    return new PanelCall(built);
  }
}
