package dev.lowpass.codegen.cpu.product;

import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.product.Factors;
import dev.lowpass.codegen.cpu.kernel.product.PanelCall;
import dev.lowpass.codegen.cpu.kernel.product.Panels;
import dev.lowpass.codegen.cpu.kernel.product.ProductKernel;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.PackedFactors;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.tir.Expr;
import java.util.function.IntFunction;

/**
 * The product at the head of a fused step, which is made panel by panel: its weights, the kernel of whole panels, and
 * that of the last, which may be narrower.
 */
public record ExpansionPanels(PackedFactors packed, BuiltKernel<PanelCall> wide, BuiltKernel<PanelCall> narrow) {
  /** @param kernel the kernel of a panel of so many vectors */
  public static ExpansionPanels of(
      Workshop workshop, Factors factors, int vectors, IntFunction<ProductKernel> kernel) {
    Panels panels = new Panels(factors.outputs(), factors.channels(), vectors, false, factors.precision());
    PackedFactors packed = PackedFactors.of(workshop, factors, panels);
    BuiltKernel<PanelCall> wide = kernel(workshop, factors, kernel.apply(vectors));
    int rest = panels.slabs() % vectors;
    return new ExpansionPanels(
        packed, wide, rest == 0 ? wide : kernel(workshop, factors, kernel.apply(rest)));
  }

  private static BuiltKernel<PanelCall> kernel(Workshop workshop, Factors factors, ProductKernel dense) {
    return workshop.kernel("expand", factors.kernel(dense, workshop.machine()));
  }

  /** A call for panel {@code number}, of as many vectors as there are in a whole one or in the last. */
  public PanelCall call(Entry entry, Expr number, int width) {
    return packed.passTo((width == packed.panels().vectors() ? wide : narrow).call(), entry, number);
  }
}
