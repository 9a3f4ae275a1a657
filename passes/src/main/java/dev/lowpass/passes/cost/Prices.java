package dev.lowpass.passes.cost;

import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import java.util.Map;

/**
 * Models of the processors that there are kernels for: the same everywhere. {@code lowpass doctor --measure} finds such
 * prices for the machine at hand; what it prints may go here.
 */
public final class Prices {
  /** An AVX-512 core that multiplies and adds at 170 to 215 GFLOP/s, as its clock allows. */
  public static final PricedModel AVX512 =
      new PricedModel(
          Machines.AVX512,
          "built in, of an Intel Xeon with AVX-512 (2026-11-23)",
          Map.of(
              CostTerm.PRODUCT, 0.186,
              CostTerm.FAR_WEIGHTS, 2.33,
              CostTerm.FAR_MAP, 1.35,
              CostTerm.TRANSFORM, 0.331,
              CostTerm.DEPTHWISE, 0.107,
              CostTerm.DEPTHWISE_INPUT, 1.12,
              CostTerm.CONVOLUTION, 0.233,
              CostTerm.ELEMENT, 0.0554,
              CostTerm.SKIPPING_PRODUCT, 0.117,
              CostTerm.HALVED_PRODUCT, 0.174));

  /** A core of AMD's fourth Zen, which computes a vector of AVX-512 in two halves. */
  public static final PricedModel ZEN4 =
      new PricedModel(
          Machines.ZEN4,
          "built in, of an AMD EPYC of the fourth Zen (2026-11-30)",
          Map.of(
              CostTerm.PRODUCT, 0.268,
              CostTerm.FAR_WEIGHTS, 1.22,
              CostTerm.FAR_MAP, 0.643,
              CostTerm.TRANSFORM, 0.219,
              CostTerm.DEPTHWISE, 0.245,
              CostTerm.DEPTHWISE_INPUT, 0.855,
              CostTerm.CONVOLUTION, 0.320,
              CostTerm.ELEMENT, 0.05,
              CostTerm.SKIPPING_PRODUCT, 0.146,
              CostTerm.HALVED_PRODUCT, 0.245));

  /** The same core as an AVX2 machine. */
  public static final PricedModel AVX2 =
      new PricedModel(
          Machines.AVX2,
          "built in, of an Intel Xeon as an AVX2 machine (2026-11-23)",
          Map.of(
              CostTerm.PRODUCT, 0.395,
              CostTerm.FAR_WEIGHTS, 1.29,
              CostTerm.FAR_MAP, 0.895,
              CostTerm.TRANSFORM, 0.641,
              CostTerm.DEPTHWISE, 0.298,
              CostTerm.DEPTHWISE_INPUT, 0.353,
              CostTerm.CONVOLUTION, 0.331,
              CostTerm.ELEMENT, 0.367,
              CostTerm.SKIPPING_PRODUCT, 0.217,
              CostTerm.HALVED_PRODUCT, 0.360));

  /** Machines without prices of their own have those of the nearest that has some. */
  private static final Map<Machine, PricedModel> OF =
      Map.of(
          Machines.AVX512, AVX512,
          Machines.ZEN4, ZEN4,
          Machines.AVX2, AVX2,
          Machines.SSE, AVX2,
          Machines.DEVICE, AVX512);

  private Prices() {}

  /** The prices for {@code machine}, which may be those of another: the model says of which. */
  public static PricedModel of(Machine machine) {
    PricedModel model = OF.get(machine);
    if (model == null) {
      throw new IllegalArgumentException("there are no prices for " + machine);
    }
    return model;
  }
}
