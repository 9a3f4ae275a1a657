package dev.lowpass.codegen.cpu.kernel.product;

import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.tir.Function;

/** y = act(x W + b + residual) for one panel of output channels: of a dense product, or of one that leaves out zeros. */
public sealed interface PanelKernel extends Kernel<PanelCall> permits ProductKernel, SkippingKernel {
  @Override
  default PanelCall call(Function built) {
    return new PanelCall(built);
  }
}
