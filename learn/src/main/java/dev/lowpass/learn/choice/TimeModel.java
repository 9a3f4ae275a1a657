package dev.lowpass.learn.choice;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.learn.sensitivity.BandLayer;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.cost.CostModel;
import dev.lowpass.passes.cost.ProductSize;
import dev.lowpass.passes.forms.FormChoice;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Report;
import java.util.List;
import java.util.Optional;

/**
 * What the compiler will predict for a network with some bands, in microseconds of one thread: it asks the passes that
 * the compiler asks.
 *
 * @param graph canonical and spatial
 */
public record TimeModel(Graph graph, Machine machine, CostModel prices) {
  private static final String ATTACH = "attach-bands";

  /** The network without bands. */
  public double dense() {
    return prices.of(graph);
  }

  /** The network with {@code bands}, in the forms that the compiler will choose. */
  public double of(BandsFile bands) {
    FormChoice forms = forms(bands);
    return forms.microseconds(forms.best(_ -> 0));
  }

  /** The choice that there is between forms of the layers that {@code bands} names. */
  public FormChoice forms(BandsFile bands) {
    PassContext context = new PassContext(machine, prices, Optional.of(bands), new Report());
    return new FormChoice(new PassManager(List.of()).run(Pipelines.parse(ATTACH), graph, context), prices);
  }

  /** What one more coefficient of one channel costs a low-passed layer, on average. */
  public double slope(BandLayer layer) {
    double whole = lowpassed(layer, layer.coefficients());
    int half = Math.ceilDiv(layer.coefficients(), 2);
    double coefficients = (double) layer.channels() * (layer.coefficients() - half);
    return Math.max((whole - lowpassed(layer, half)) / coefficients, 0);
  }

  private double lowpassed(BandLayer layer, int keep) {
    Shape map = layer.node().operand(0).type().shape();
    BandLimit limit = layer.full().withKeep(Bands.full(layer.channels(), keep));
    ProductSize product = ProductSize.of(map, layer.node().type().shape().dim(1));
    return prices.banded(product, limit) + prices.forward(map, limit);
  }
}
