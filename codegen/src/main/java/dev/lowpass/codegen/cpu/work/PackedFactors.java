package dev.lowpass.codegen.cpu.work;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.AffineCall;
import dev.lowpass.codegen.cpu.kernel.product.Factors;
import dev.lowpass.codegen.cpu.kernel.product.Panels;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.tir.Expr;

/**
 * The weights and the bias of a product among the parameters, panel after panel.
 *
 * @param weights where the weights begin
 * @param bias where the bias begins
 */
public record PackedFactors(Panels panels, int weights, int bias) {
  public static PackedFactors of(Workshop workshop, Factors factors, Panels panels) {
    int weights = workshop.parameters().add(panels.pack(factors.weight().floats()));
    int bias = workshop.parameters().add(Packing.slabs(factors.bias().floats(), factors.outputs()));
    return new PackedFactors(panels, weights, bias);
  }

  /** Where the weights of the panel at {@code slab} begin. */
  public int weights(int slab) {
    return weights + panels.start(slab);
  }

  /** Where the bias of the panel at {@code slab} begins. */
  public int bias(int slab) {
    return bias + slab * LANES;
  }

  /** {@code call} with the weights and the bias of panel {@code number}. */
  public <C extends AffineCall<C>> C passTo(C call, Entry entry, Expr number) {
    Expr slab = number.times(panels.vectors());
    return call.weights(entry.parameter(panels.start(slab).plus(weights)))
        .bias(entry.parameter(slab.times(LANES).plus(bias)));
  }
}
