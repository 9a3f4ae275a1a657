package dev.lowpass.codegen.cpu.product;

import dev.lowpass.codegen.cpu.kernel.product.Panels;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.PackedFactors;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.tir.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A task of a product: some row tiles times one panel.
 *
 * @param x offset of its first row in the input
 * @param y offset of its first row in the output (and in the residual, but times the rows of a mean)
 * @param weights offset in the parameters
 * @param bias offset in the parameters
 * @param channels that the rows need
 * @param biasRows how many of its rows have a bias
 * @param isLast whether it is for a last panel that is not as the others
 */
record ProductTask(int x, int y, int weights, int bias, int rows, int channels, int biasRows, boolean isLast) {
  private static final int WORDS = 8;

  /**
   * All tasks of a step.
   *
   * @param chunk rows of a task, at most
   */
  static List<ProductTask> of(ProductStep step, PackedFactors packed, int chunk) {
    ProductGeometry geometry = ProductGeometry.of(step);
    Panels panels = packed.panels();
    List<ProductTask> tasks = new ArrayList<>();
    for (int image = 0; image < geometry.images(); image++) {
      // Panel by panel, so that its weights are used for every row while they are near.
      for (int slab = 0; slab < geometry.output().slabs(); slab += panels.vectors()) {
        for (Band band : step.bands()) {
          int last = band.to() * geometry.rowsOfGroup();
          for (int row = band.from() * geometry.rowsOfGroup(); row < last; row += chunk) {
            tasks.add(of(geometry, packed, image, slab, row, Math.min(chunk, last - row), band.channels()));
          }
        }
      }
    }
    return tasks;
  }

  private static ProductTask of(
      ProductGeometry geometry, PackedFactors packed, int image, int slab, int row, int rows, int channels) {
    Panels panels = packed.panels();
    long x = image * geometry.input().imageElements() + (long) row * geometry.inputPitch().row();
    long y =
        image * geometry.output().imageElements()
            + (long) slab * geometry.outputPitch().slab()
            + (long) row * geometry.outputPitch().row();
    int biasRows =
        geometry.hasBiasAtFirst() ? Math.clamp(geometry.input().rowsOfGroup() - row, 0, rows) : rows;
    return new ProductTask(
        Math.toIntExact(x),
        Math.toIntExact(y),
        packed.weights(slab),
        packed.bias(slab),
        rows,
        channels,
        biasRows,
        slab == panels.lastSlab() && !panels.areAlike());
  }

  /** Task after task in the order of its components. */
  static int[] table(List<ProductTask> tasks) {
    return tasks.stream().flatMapToInt(ProductTask::words).toArray();
  }

  private IntStream words() {
    return IntStream.of(x, y, weights, bias, rows, channels, biasRows, isLast ? 1 : 0);
  }

  /** A task whose number code computes, in the table that starts at {@code table} in the parameters. */
  record Words(Entry entry, int table, Expr at) {
    /** Where task {@code number} starts in its table. */
    static Expr start(Expr number) {
      return number.times(WORDS);
    }

    Expr x() {
      return word(0);
    }

    Expr y() {
      return word(1);
    }

    Expr weights() {
      return word(2);
    }

    Expr bias() {
      return word(3);
    }

    Expr rows() {
      return word(4);
    }

    Expr channels() {
      return word(5);
    }

    Expr biasRows() {
      return word(6);
    }

    Expr isLast() {
      return word(7).equalTo(1);
    }

    private Expr word(int index) {
      return entry.table(table, at.plus(index));
    }
  }
}
