package dev.lowpass.codegen.cpu.winograd;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * The transforms of one row or column of a tile, in vectors of channels. Opposite points differ in the sign of every
 * other power, so that a pair shares its even and its odd part.
 */
record LineTransform(TileForm form) {
  private int last() {
    return form.extent() - 1;
  }

  private int pairs() {
    return form.outputs() / 2;
  }

  /** B^T d. */
  List<Expr> input(Code code, List<Expr> d) {
    double[][] matrix = form.matrices().input();
    List<Expr> transformed = new ArrayList<>();
    transformed.add(sum(matrix[0], d, last() - 1, 1));
    for (int pair = 0; pair < pairs(); pair++) {
      double[] row = matrix[2 * pair + 1];
      Expr even = code.let("even", sum(row, d, last() - 1, 1));
      int odd = last() - 2;
      Expr scaled = code.let("odd", sum(row, d, odd, row[odd]));
      transformed.add(plus(even, row[odd], scaled));
      transformed.add(plus(even, -row[odd], scaled));
    }
    transformed.add(sum(matrix[last()], d, last(), 1));
    return transformed;
  }

  /** A^T m. */
  List<Expr> output(Code code, List<Expr> m) {
    double[][] matrix = form.matrices().output();
    List<Expr> sums = new ArrayList<>();
    List<Expr> differences = new ArrayList<>();
    for (int pair = 0; pair < pairs(); pair++) {
      sums.add(code.let("sum", m.get(2 * pair + 1).plus(m.get(2 * pair + 2))));
      differences.add(code.let("difference", m.get(2 * pair + 1).minus(m.get(2 * pair + 2))));
    }
    List<Expr> transformed = new ArrayList<>();
    for (int i = 0; i < form.outputs(); i++) {
      List<Expr> parts = i % 2 == 0 ? sums : differences;
      Expr total = i == 0 ? m.getFirst().plus(parts.getFirst()) : parts.getFirst().times(matrix[i][1]);
      for (int pair = 1; pair < pairs(); pair++) {
        total = plus(total, matrix[i][2 * pair + 1], parts.get(pair));
      }
      transformed.add(i == form.outputs() - 1 ? total.plus(m.get(last())) : total);
    }
    return transformed;
  }

  /** Every other element of {@code row} · {@code d} down from {@code highest}, by {@code scale}. */
  private static Expr sum(double[] row, List<Expr> d, int highest, double scale) {
    Expr total = d.get(highest);
    for (int k = highest - 2; k >= 0; k -= 2) {
      if (row[k] != 0) {
        total = plus(total, row[k] / scale, d.get(k));
      }
    }
    return total;
  }

  private static Expr plus(Expr sum, double factor, Expr value) {
    if (factor == 1) {
      return sum.plus(value);
    }
    return factor == -1 ? sum.minus(value) : sum.plus(value.times(factor));
  }
}
