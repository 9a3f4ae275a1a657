package dev.lowpass.passes.frequency;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.CoefficientOrder.Frequency;
import dev.lowpass.ir.Shape;
import java.util.Comparator;
import java.util.List;

/**
 * Times of a CPU thread from two rates: multiply-adds of products, and vector operations of transforms, which run
 * inside the depthwise kernels next to them and are bound by their number. Memory is left out: both forms move the same
 * maps.
 *
 * @param multiplyAdds of products in the register tile, per microsecond
 * @param vectorOperations on 16 floats in transforms, per microsecond
 * @param inverseOverhead vector operations of an inverse transform over those of its arithmetic
 * @param forwardOverhead the same of a forward transform
 */
public record MachineModel(
    double multiplyAdds, double vectorOperations, double inverseOverhead, double forwardOverhead) implements CostModel {
  /** Channels of one vector. */
  private static final int LANES = 16;

  /**
   * An AVX-512 core of 215 GFLOP/s, fitted to inverted residual blocks of a prototype, fp32 on one thread. Products ran
   * at 188 GFLOP/s, dense and banded; two vector ports at 88 % of 6720 operations per microsecond. Of the fused
   * spectral depthwise kernel's 28.5 operations a pixel, 9.7 were the inverse and 5.8 the forward transform, each 8 by
   * arithmetic. The fit predicts the prototype's break-even retention at 24, 32, 64, 96 and 160 channels to 0.04.
   */
  public static final MachineModel AVX512_CORE = new MachineModel(94e3, 5.9e3, 9.7 / 8, 5.8 / 8);

  @Override
  public double dense(Product product) {
    return product.multiplyAdds() / multiplyAdds;
  }

  @Override
  public double banded(Product product, BandLimit limit) {
    int blocks = product.batch() * limit.block().count(product.rows(), product.columns());
    Bands sorted = new Bands(limit.keep().keep().stream().sorted(Comparator.reverseOrder()).toList());
    Bands compacted = CompactBands.Options.DEFAULT.staircase().round(sorted, blocks);
    double executed = compacted.keep().stream().mapToLong(Integer::longValue).sum();
    return executed * blocks * product.outputs() / multiplyAdds;
  }

  @Override
  public double forward(Shape map, BandLimit kept) {
    return operations(map, kept) * forwardOverhead / vectorOperations;
  }

  @Override
  public double inverse(Shape map, BandLimit known) {
    return operations(map, known) * inverseOverhead / vectorOperations;
  }

  /** Slabs of channels with similar bands, each as long as its longest: vector operations of all of them. */
  private static double operations(Shape map, BandLimit limit) {
    List<Integer> sorted = limit.keep().keep().stream().sorted(Comparator.reverseOrder()).toList();
    List<Frequency> frequencies = limit.order().frequencies(limit.block());
    double pixels = (double) map.dim(0) * limit.block().count(map.dim(2), map.dim(3)) * limit.block().size();
    double operations = 0;
    for (int slab = 0; slab < sorted.size(); slab += LANES) {
      operations += pixels * operationsPerPixel(limit, frequencies.subList(0, sorted.get(slab)));
    }
    return operations;
  }

  /**
   * A separable transform with even and odd halves: columns of the frequencies in use first, {@code u·v / 2w}
   * multiply-adds a pixel, then rows, {@code v / 2}, and an addition to fold the halves. 8 for a whole 7x7 block.
   */
  private static double operationsPerPixel(BandLimit limit, List<Frequency> used) {
    double u = used.stream().mapToInt(Frequency::u).max().orElse(-1) + 1;
    double v = used.stream().mapToInt(Frequency::v).max().orElse(-1) + 1;
    return u * v / (2 * limit.block().width()) + v / 2 + 1;
  }
}
