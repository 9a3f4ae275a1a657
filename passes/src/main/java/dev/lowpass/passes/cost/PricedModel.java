package dev.lowpass.passes.cost;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Opaque;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Pool;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Scalar;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.passes.machine.Machine;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Times of one thread of a CPU, or of a device: a sum over {@link CostTerm}s, each at a constant price. The prices were fitted to every
 * step of several networks in several forms, run in sequence with cold weights; {@code docs/performance.md} says how
 * to fit them again.
 *
 * @param machine whose work is priced
 * @param source where the prices come from, for people
 * @param nanoseconds the price of one of each term, finite and not negative
 * @param launch nanoseconds that a layer takes besides, however small it is
 */
public record PricedModel(Machine machine, String source, Map<CostTerm, Double> nanoseconds, double launch)
    implements CostModel {
  /** Where a layer takes as long as its work. */
  public PricedModel(Machine machine, String source, Map<CostTerm, Double> nanoseconds) {
    this(machine, source, nanoseconds, 0);
  }

  public PricedModel {
    nanoseconds = Collections.unmodifiableMap(new EnumMap<>(nanoseconds));
    if (nanoseconds.size() != CostTerm.values().length) {
      throw new IllegalArgumentException("a price for each term is needed, there are " + nanoseconds.keySet());
    }
    if (nanoseconds.values().stream().anyMatch(price -> !(price >= 0) || price.isInfinite())) {
      throw new IllegalArgumentException("prices are finite and not negative, these are " + nanoseconds);
    }
  }

  /** Microseconds of {@code work}. */
  public double price(Work work) {
    double nanos = 0;
    for (Map.Entry<CostTerm, Double> entry : work.amounts().entrySet()) {
      nanos += entry.getValue() * nanoseconds.get(entry.getKey());
    }
    return nanos / 1e3;
  }

  @Override
  public double dense(ProductSize product) {
    return layer(work().dense(product));
  }

  @Override
  public double banded(ProductSize product, BandLimit limit) {
    return layer(work().banded(product, limit));
  }

  @Override
  public double forward(Shape map, BandLimit kept) {
    return layer(work().forward(map, kept));
  }

  @Override
  public double inverse(Shape map, BandLimit known) {
    return layer(work().inverse(map, known));
  }

  @Override
  public double of(Node node) {
    Work work = work().of(node);
    return switch (node.op()) {
      case Pointwise _, Dct _, Idct _, Depthwise _, Convolution _, Resize _, Pool _, MatrixProduct _, Softmax _,
              Rearrangement _, Opaque _ ->
          layer(work);
      // What is fused with a layer.
      case Constant _, Scalar _, BatchNormalization _ -> price(work);
    };
  }

  private double layer(Work work) {
    return launch / 1e3 + price(work);
  }

  private WorkCounter work() {
    return new WorkCounter(machine);
  }
}
