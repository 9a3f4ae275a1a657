package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder.Frequency;
import dev.lowpass.ir.DctMatrix;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.Dct;
import java.util.List;
import java.util.stream.IntStream;

/** The block transform X = D x Dᵀ and its inverse x = Dᵀ X D, one matrix a side. */
final class Transforms {
  private final Block block;
  private final DctMatrix vertical;
  private final DctMatrix horizontal;
  private final List<Frequency> order;
  private final int height;
  private final int width;

  private Transforms(TensorType coefficients) {
    Domain.Frequency domain = coefficients.frequency();
    this.block = domain.block();
    this.vertical = new DctMatrix(block.height());
    this.horizontal = new DctMatrix(block.width());
    this.order = domain.order().frequencies(block);
    this.height = coefficients.shape().dim(2);
    this.width = coefficients.shape().dim(3);
  }

  static Numbers forward(Dct dct, Numbers input, TensorType type) {
    Transforms transforms = new Transforms(type);
    double[] y = new double[Math.toIntExact(Numbers.storageShape(type).elements())];
    transforms.forEachBlock(
        type.shape(), (map, top, left, to) -> transforms.transform(input.values(), map, top, left, y, to));
    Numbers all = new Numbers(type, y);
    return dct.keep().map(all::truncated).orElse(all);
  }

  static Numbers inverse(Numbers input, TensorType type) {
    Transforms transforms = new Transforms(input.type());
    double[] y = new double[Math.toIntExact(type.shape().elements())];
    transforms.forEachBlock(
        type.shape(), (map, top, left, from) -> transforms.restore(input.values(), from, y, map, top, left));
    return new Numbers(type, y);
  }

  /** One block: where its map starts among the samples, its first row and column, and where its coefficients start. */
  @FunctionalInterface
  private interface BlockVisitor {
    void visit(int map, int top, int left, int coefficients);
  }

  private void forEachBlock(Shape shape, BlockVisitor visitor) {
    int columns = block.columnsOf(width);
    int blocks = block.count(height, width);
    IntStream.range(0, shape.dim(0) * shape.dim(1))
        .parallel()
        .forEach(
            plane -> {
              for (int b = 0; b < blocks; b++) {
                int top = b / columns * block.height();
                int left = b % columns * block.width();
                visitor.visit(plane * height * width, top, left, (plane * blocks + b) * block.size());
              }
            });
  }

  /** Beyond the map's edge the last row and column repeat. */
  private void transform(double[] x, int map, int top, int left, double[] y, int to) {
    double[][] rows = new double[block.height()][block.width()];
    for (int r = 0; r < block.height(); r++) {
      int line = map + Math.min(top + r, height - 1) * width;
      for (int v = 0; v < block.width(); v++) {
        for (int c = 0; c < block.width(); c++) {
          rows[r][v] += x[line + Math.min(left + c, width - 1)] * horizontal.at(v, c);
        }
      }
    }
    for (int j = 0; j < block.size(); j++) {
      Frequency frequency = order.get(j);
      for (int r = 0; r < block.height(); r++) {
        y[to + j] += vertical.at(frequency.u(), r) * rows[r][frequency.v()];
      }
    }
  }

  /** What lies beyond the map's edge is cropped. */
  private void restore(double[] x, int from, double[] y, int map, int top, int left) {
    double[][] rows = new double[block.height()][block.width()];
    for (int j = 0; j < block.size(); j++) {
      Frequency frequency = order.get(j);
      for (int r = 0; r < block.height(); r++) {
        rows[r][frequency.v()] += vertical.at(frequency.u(), r) * x[from + j];
      }
    }
    for (int r = 0; r < Math.min(block.height(), height - top); r++) {
      for (int c = 0; c < Math.min(block.width(), width - left); c++) {
        double sample = 0;
        for (int v = 0; v < block.width(); v++) {
          sample += rows[r][v] * horizontal.at(v, c);
        }
        y[map + (top + r) * width + left + c] = sample;
      }
    }
  }
}
