package dev.lowpass.passes.cost;

import static java.util.Map.entry;

import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import java.util.EnumMap;
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
          Map.ofEntries(
              entry(CostTerm.PRODUCT, 0.186),
              entry(CostTerm.PRODUCT_RESULT, 0.0),
              entry(CostTerm.FAR_WEIGHTS, 2.33),
              entry(CostTerm.STREAMED_WEIGHTS, 2.33),
              entry(CostTerm.FAR_MAP, 1.35),
              entry(CostTerm.TRANSFORM, 0.331),
              entry(CostTerm.DEPTHWISE, 0.107),
              entry(CostTerm.DEPTHWISE_INPUT, 1.12),
              entry(CostTerm.CONVOLUTION, 0.233),
              entry(CostTerm.ELEMENT, 0.0554),
              entry(CostTerm.SKIPPING_PRODUCT, 0.117),
              entry(CostTerm.HALVED_PRODUCT, 0.174)));

  /**
   * A core of AMD's fourth Zen, which computes a vector of AVX-512 in two halves. The price of an element is of another
   * fit than the rest, which puts it at 0.
   */
  public static final PricedModel ZEN4 =
      new PricedModel(
          Machines.ZEN4,
          "built in, of an AMD EPYC of the fourth Zen (2026-11-30)",
          Map.ofEntries(
              entry(CostTerm.PRODUCT, 0.275),
              entry(CostTerm.PRODUCT_RESULT, 0.515),
              entry(CostTerm.FAR_WEIGHTS, 0.567),
              entry(CostTerm.STREAMED_WEIGHTS, 1.48),
              entry(CostTerm.FAR_MAP, 0.387),
              entry(CostTerm.TRANSFORM, 0.275),
              entry(CostTerm.DEPTHWISE, 0.258),
              entry(CostTerm.DEPTHWISE_INPUT, 0.18),
              entry(CostTerm.CONVOLUTION, 0.282),
              entry(CostTerm.ELEMENT, 0.035),
              entry(CostTerm.SKIPPING_PRODUCT, 0.174),
              entry(CostTerm.HALVED_PRODUCT, 0.249)));

  /**
   * A core of {@link #ZEN4} that multiplies in bfloat16. No network was fitted: products take half of their time, since
   * an instruction does twice as much, and have half of the weights to wait for.
   */
  public static final PricedModel AVX512_BF16 =
      new PricedModel(
          Machines.AVX512_BF16,
          "derived from those of an AMD EPYC of the fourth Zen, products at half",
          with(
              ZEN4.nanoseconds(),
              entry(CostTerm.PRODUCT, 0.138),
              entry(CostTerm.FAR_WEIGHTS, 0.284),
              entry(CostTerm.STREAMED_WEIGHTS, 0.74),
              entry(CostTerm.CONVOLUTION, 0.141)));

  /**
   * The core of {@link #AVX512} with AMX. No network was fitted: kernels were timed by themselves, 85 ns for 32 x 32 x 32
   * multiply-adds, and as long as that again to round what they read and to write what they make.
   */
  public static final PricedModel AMX =
      new PricedModel(
          Machines.AMX,
          "derived from those of an Intel Xeon with AVX-512, products as kernels with AMX (2026-12-01)",
          with(
              AVX512.nanoseconds(),
              entry(CostTerm.PRODUCT, 0.042),
              entry(CostTerm.PRODUCT_RESULT, 1.2),
              entry(CostTerm.FAR_WEIGHTS, 1.17),
              entry(CostTerm.STREAMED_WEIGHTS, 1.17),
              entry(CostTerm.CONVOLUTION, 0.05)));

  /** The core of {@link #AVX512} as an AVX2 machine. */
  public static final PricedModel AVX2 =
      new PricedModel(
          Machines.AVX2,
          "built in, of an Intel Xeon as an AVX2 machine (2026-11-23)",
          Map.ofEntries(
              entry(CostTerm.PRODUCT, 0.395),
              entry(CostTerm.PRODUCT_RESULT, 0.0),
              entry(CostTerm.FAR_WEIGHTS, 1.29),
              entry(CostTerm.STREAMED_WEIGHTS, 1.29),
              entry(CostTerm.FAR_MAP, 0.895),
              entry(CostTerm.TRANSFORM, 0.641),
              entry(CostTerm.DEPTHWISE, 0.298),
              entry(CostTerm.DEPTHWISE_INPUT, 0.353),
              entry(CostTerm.CONVOLUTION, 0.331),
              entry(CostTerm.ELEMENT, 0.367),
              entry(CostTerm.SKIPPING_PRODUCT, 0.217),
              entry(CostTerm.HALVED_PRODUCT, 0.360)));

  /**
   * An H200, as its data sheet has it: 67 TFLOP/s of single precision, of which products reach half and other kernels a
   * quarter; 4.3 TB/s of memory for every vector that is written and read again, and two thirds of a transform's time is
   * that; a kernel of a graph begins in 0.8 us.
   */
  public static final PricedModel CUDA =
      new PricedModel(
          Machines.CUDA,
          "derived from the data sheet of an NVIDIA H200; nothing was measured",
          Map.ofEntries(
              entry(CostTerm.PRODUCT, 0.00096),
              entry(CostTerm.PRODUCT_RESULT, 0.03),
              entry(CostTerm.FAR_WEIGHTS, 0.015),
              entry(CostTerm.STREAMED_WEIGHTS, 0.015),
              entry(CostTerm.FAR_MAP, 0.0),
              entry(CostTerm.TRANSFORM, 0.0056),
              entry(CostTerm.DEPTHWISE, 0.0019),
              entry(CostTerm.DEPTHWISE_INPUT, 0.015),
              entry(CostTerm.CONVOLUTION, 0.00096),
              entry(CostTerm.ELEMENT, 0.015),
              entry(CostTerm.SKIPPING_PRODUCT, 0.00096),
              entry(CostTerm.HALVED_PRODUCT, 0.00096)),
          800);

  /** The same with tensor cores, of whose 989 TFLOP/s products on float32 maps reach a tenth. */
  public static final PricedModel CUDA_BF16 = onTensorCores(Machines.CUDA_BF16, 0.00032);

  /** As many products in an instruction as in bfloat16. */
  public static final PricedModel CUDA_FP16 = onTensorCores(Machines.CUDA_FP16, 0.00032);

  /** Half as many products in an instruction, of twice as many bytes. */
  public static final PricedModel CUDA_TF32 = onTensorCores(Machines.CUDA_TF32, 0.00064);

  /** Machines without prices of their own have those of the nearest that has some. */
  private static final Map<Machine, PricedModel> OF =
      Map.ofEntries(
          entry(Machines.AVX512, AVX512),
          entry(Machines.AVX512_BF16, AVX512_BF16),
          entry(Machines.AMX, AMX),
          entry(Machines.ZEN4, ZEN4),
          entry(Machines.AVX2, AVX2),
          entry(Machines.SSE, AVX2),
          entry(Machines.DEVICE, AVX512),
          entry(Machines.CUDA, CUDA),
          entry(Machines.CUDA_BF16, CUDA_BF16),
          entry(Machines.CUDA_FP16, CUDA_FP16),
          entry(Machines.CUDA_TF32, CUDA_TF32));

  private Prices() {}

  private static PricedModel onTensorCores(Machine machine, double product) {
    return new PricedModel(
        machine,
        CUDA.source(),
        with(CUDA.nanoseconds(), entry(CostTerm.PRODUCT, product), entry(CostTerm.CONVOLUTION, product)),
        CUDA.launch());
  }

  @SafeVarargs
  private static Map<CostTerm, Double> with(
      Map<CostTerm, Double> prices, Map.Entry<CostTerm, Double>... changed) {
    Map<CostTerm, Double> all = new EnumMap<>(prices);
    for (Map.Entry<CostTerm, Double> entry : changed) {
      all.put(entry.getKey(), entry.getValue());
    }
    return all;
  }

  /** The prices for {@code machine}, which may be those of another: the model says of which. */
  public static PricedModel of(Machine machine) {
    PricedModel model = OF.get(machine);
    if (model == null) {
      throw new IllegalArgumentException("there are no prices for " + machine);
    }
    return model;
  }
}
