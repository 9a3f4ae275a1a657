package dev.lowpass.codegen.emit;

import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.ir.CoefficientOrder.Frequency;
import java.util.List;

/** The geometry of a map of coefficients: how blocks lie on the map and where a frequency's row is. */
public record BlockGrid(Layout.Coefficients layout) {
  public int height() {
    return layout.block().height();
  }

  public int width() {
    return layout.block().width();
  }

  public int blockRows() {
    return layout.block().rowsOf(layout.height());
  }

  public int blockColumns() {
    return layout.block().columnsOf(layout.width());
  }

  public int blocks() {
    return layout.blocks();
  }

  public int size() {
    return layout.block().size();
  }

  public boolean divides() {
    return layout.block().divides(layout.height(), layout.width());
  }

  /** The place of (u, v) in coefficient order. */
  public int index(int u, int v) {
    return frequencies().indexOf(new Frequency(u, v));
  }

  /**
   * How many vertical frequencies of column {@code v} are among the first {@code level} coefficients; they are a
   * prefix.
   */
  public int retainedOfColumn(int v, int level) {
    int count = 0;
    while (count < height() && index(count, v) < level) {
      count++;
    }
    return count;
  }

  /** How many horizontal frequencies are among the first {@code level} coefficients. */
  public int retainedColumns(int level) {
    int count = 0;
    while (count < width() && index(0, count) < level) {
      count++;
    }
    return count;
  }

  /** How many vertical frequencies some column has among the first {@code level} coefficients, at least one. */
  public int retainedRows(int level) {
    int most = 1;
    for (int v = 0; v < width(); v++) {
      most = Math.max(most, retainedOfColumn(v, level));
    }
    return most;
  }

  /** The place in coefficient order of every frequency [u][v]. */
  public int[] order() {
    int[] order = new int[size()];
    for (int u = 0; u < height(); u++) {
      for (int v = 0; v < width(); v++) {
        order[u * width() + v] = index(u, v);
      }
    }
    return order;
  }

  private List<Frequency> frequencies() {
    return layout.order().frequencies(layout.block());
  }
}
