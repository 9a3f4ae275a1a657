package dev.lowpass.learn.choice;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.learn.sensitivity.BandLayer;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.cost.CostModel;
import dev.lowpass.passes.cost.ProductSize;
import dev.lowpass.passes.cost.Staircase;
import dev.lowpass.passes.forms.FormChoice;
import dev.lowpass.passes.frequency.PointwiseLayer;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What the compiler will predict for a network with some bands, in microseconds of one thread: it asks the passes that
 * the compiler asks.
 *
 * @param graph canonical and spatial
 */
public record TimeModel(Graph graph, Machine machine, CostModel prices) implements Expense {
  private static final String ATTACH = "attach-bands";

  /**
   * Of a model whose picture is shrunk.
   *
   * @param whole canonical and spatial, for pictures of its own size
   * @param inputs the size, by the input's name; empty for the model's own
   * @throws dev.lowpass.ir.LowpassException LP3011, LP3012 where the model does not bear the size
   */
  public static TimeModel of(
      Graph whole, SequencedMap<String, InputSize> inputs, Machine machine, CostModel prices) {
    BandsFile bands = new BandsFile(new LinkedHashMap<>(), inputs);
    PassContext context = new PassContext(machine, prices, Optional.of(bands), new Report());
    Graph shrunk = PassManager.verifying().run(Pipelines.parse("shrink-input"), whole, context);
    return new TimeModel(shrunk, machine, prices);
  }

  @Override
  public double whole() {
    return prices.of(graph);
  }

  /** In the forms that the compiler will choose. */
  @Override
  public double of(BandsFile bands) {
    FormChoice forms = forms(bands);
    return forms.microseconds(forms.best(_ -> 0));
  }

  @Override
  public Set<String> best(BandsFile bands, ToDoubleFunction<Set<String>> cost) {
    return forms(bands).best(cost);
  }

  /** Of {@code bands} those of the layers that the compiler will run low-passed; the others stay dense. */
  public BandsFile lowpassed(BandsFile bands) {
    Set<String> chosen = best(bands, _ -> 0);
    SequencedMap<String, BandLimit> limits = new LinkedHashMap<>();
    for (PointwiseLayer layer : PointwiseLayer.of(graph)) {
      if (chosen.contains(layer.node().name())) {
        limits.put(layer.name(), bands.of(layer.name()).orElseThrow());
      }
    }
    return new BandsFile(limits, bands.inputs());
  }

  /**
   * As the compiler will execute them: rounded up to a staircase of few steps. Where channels cannot be put into the
   * order that suits a layer, because others share them, it keeps more still.
   */
  @Override
  public BandsFile filled(BandsFile bands) {
    SequencedMap<String, BandLimit> limits = new LinkedHashMap<>();
    for (PointwiseLayer layer : PointwiseLayer.of(graph)) {
      bands
          .of(layer.name())
          .ifPresent(limit -> limits.put(layer.name(), limit.withKeep(filled(layer, limit))));
    }
    return new BandsFile(limits, bands.inputs());
  }

  private Bands filled(PointwiseLayer layer, BandLimit limit) {
    Shape map = layer.node().operand(0).type().shape();
    int blocks = map.dim(0) * limit.block().count(map.dim(2), map.dim(3));
    Bands keep = limit.keep();
    List<Integer> order = new ArrayList<>();
    for (int c = 0; c < keep.channels(); c++) {
      order.add(c);
    }
    order.sort(Comparator.comparing(keep::of).reversed());
    Bands rounded = Staircase.of(machine).round(keep.permuted(order), blocks);
    Integer[] kept = new Integer[keep.channels()];
    for (int i = 0; i < kept.length; i++) {
      kept[order.get(i)] = rounded.of(i);
    }
    return new Bands(Arrays.asList(kept));
  }

  private FormChoice forms(BandsFile bands) {
    PassContext context = new PassContext(machine, prices, Optional.of(bands), new Report());
    return new FormChoice(new PassManager(List.of()).run(Pipelines.parse(ATTACH), graph, context), prices);
  }

  /** Of a layer that runs low-passed. */
  @Override
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
