package dev.lowpass.codegen.plan.value;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.passes.machine.Machine;

/** Where an element of a tensor lies in memory. Sizes and offsets count elements, of whatever type a slot has. */
public sealed interface Layout {
  /** Channels that lie side by side; one vector of the widest processors. */
  int LANES = Machine.SLAB;

  /** Elements in memory, padding included. */
  long elements();

  /** ONNX's own layout: row-major, without padding. */
  record RowMajor(Shape shape) implements Layout {
    @Override
    public long elements() {
      return shape.elements();
    }
  }

  /** Image data in slabs of 16 channels: [batch][slab][row][lane], the lanes of missing channels undefined. */
  sealed interface Slabbed extends Layout {
    int batch();

    int channels();

    int height();

    int width();

    /** Vectors a slab: positions of the map, or coefficients times blocks. */
    int rows();

    /** Consecutive rows that belong together: all of the map, or the blocks of one coefficient. */
    int rowsOfGroup();

    default int slabs() {
      return Math.ceilDiv(channels(), LANES);
    }

    /** Elements of one image. */
    default long imageElements() {
      return (long) slabs() * rows() * LANES;
    }

    @Override
    default long elements() {
      return batch() * imageElements();
    }
  }

  /** Samples; row = y · width + x. */
  record Slabs(int batch, int channels, int height, int width) implements Slabbed {
    @Override
    public int rows() {
      return height * width;
    }

    @Override
    public int rowsOfGroup() {
      return rows();
    }
  }

  /**
   * Coefficients; row = coefficient · blocks + block. They are scaled so that DC is the mean of its block: coefficient
   * (u, v) is the orthonormal one divided by s(u) s(v) · size, with s(0) = sqrt(1/n) and s(u) = sqrt(2/n). Every
   * coefficient has one factor for all channels, so products, sums and scales do not notice, a bias is added at DC as
   * it is, and both transforms save multiplications.
   */
  record Coefficients(int batch, int channels, int height, int width, Block block, CoefficientOrder order)
      implements Slabbed {
    /** Blocks of the map. */
    public int blocks() {
      return block.count(height, width);
    }

    @Override
    public int rows() {
      return block.size() * blocks();
    }

    @Override
    public int rowsOfGroup() {
      return blocks();
    }
  }

  /** The layout in which values of {@code type} travel inside a network: images in slabs, everything else row-major. */
  static Layout inside(TensorType type) {
    Shape shape = type.shape();
    return switch (type.domain()) {
      case Domain.Spatial _ when shape.rank() == 4 && type.element().isFloating() ->
          new Slabs(shape.dim(0), shape.dim(1), shape.dim(2), shape.dim(3));
      case Domain.Spatial _ -> new RowMajor(shape);
      case Domain.Frequency frequency ->
          new Coefficients(
              shape.dim(0), shape.dim(1), shape.dim(2), shape.dim(3), frequency.block(), frequency.order());
    };
  }
}
