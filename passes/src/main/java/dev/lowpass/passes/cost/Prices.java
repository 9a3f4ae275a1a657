package dev.lowpass.passes.cost;

import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import java.util.Map;

/** Models of the processors that there are kernels for. What {@code FitCosts} prints goes here. */
public final class Prices {
  /** An AVX-512 core that multiplies and adds at 170 to 215 GFLOP/s, as its clock allows. */
  public static final PricedModel AVX512 =
      new PricedModel(
          Machines.AVX512,
          Map.of(
              CostTerm.PRODUCT, 0.186,
              CostTerm.FAR_WEIGHTS, 2.33,
              CostTerm.FAR_MAP, 1.35,
              CostTerm.TRANSFORM, 0.331,
              CostTerm.DEPTHWISE, 0.107,
              CostTerm.DEPTHWISE_INPUT, 1.12,
              CostTerm.CONVOLUTION, 0.233,
              CostTerm.ELEMENT, 0.0554,
              CostTerm.SKIPPING_PRODUCT, 0.117));

  /** The same core as an AVX2 machine. */
  public static final PricedModel AVX2 =
      new PricedModel(
          Machines.AVX2,
          Map.of(
              CostTerm.PRODUCT, 0.395,
              CostTerm.FAR_WEIGHTS, 1.29,
              CostTerm.FAR_MAP, 0.895,
              CostTerm.TRANSFORM, 0.641,
              CostTerm.DEPTHWISE, 0.298,
              CostTerm.DEPTHWISE_INPUT, 0.353,
              CostTerm.CONVOLUTION, 0.331,
              CostTerm.ELEMENT, 0.367,
              CostTerm.SKIPPING_PRODUCT, 0.217));

  /** Machines without prices of their own have those of the nearest that has some. */
  private static final Map<Machine, PricedModel> OF =
      Map.of(
          Machines.AVX512, AVX512,
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
