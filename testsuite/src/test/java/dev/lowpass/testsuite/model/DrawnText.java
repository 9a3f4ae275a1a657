package dev.lowpass.testsuite.model;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import java.util.Arrays;

/** Pictures with lines of text, dark on light: readers of text see something in them, as they do not in noise. */
final class DrawnText {
  /** L, O, W, P, A and S, seven rows of five dots each. */
  private static final String[] LETTERS = {
    "#....#....#....#....#....#....#####",
    ".###.#...##...##...##...##...#.###.",
    "#...##...##...##.#.##.#.###.###...#",
    "####.#...##...#####.#....#....#....",
    ".###.#...##...#######...##...##...#",
    ".#####....#.....###.....#....#####."
  };

  private static final int[] WORD = {0, 1, 2, 3, 4, 5, 5};
  private static final int ROWS = 7;
  private static final int COLUMNS = 5;
  private static final int DOT = 3;
  private static final int LINE = 16 * DOT;
  private static final int PLACE = (COLUMNS + 1) * DOT;

  private DrawnText() {}

  /** Samples from -1 (dark) to 1 (light), the same in all channels; each picture begins with another letter. */
  static Tensor of(Shape shape) {
    int height = shape.dim(2);
    int width = shape.dim(3);
    float[] samples = new float[Math.toIntExact(shape.elements())];
    Arrays.fill(samples, 0.9f);
    for (int plane = 0; plane < shape.dim(0) * shape.dim(1); plane++) {
      int picture = plane / shape.dim(1);
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          if (isInk(row, column, picture)) {
            samples[(plane * height + row) * width + column] = -0.8f;
          }
        }
      }
    }
    return Tensor.of(samples, shape);
  }

  private static boolean isInk(int row, int column, int first) {
    int dotRow = (row % LINE - LINE / 4) / DOT;
    int dotColumn = column % PLACE / DOT;
    boolean inside = row % LINE >= LINE / 4 && dotRow < ROWS && dotColumn < COLUMNS;
    return inside
        && LETTERS[WORD[(column / PLACE + first) % WORD.length]].charAt(dotRow * COLUMNS + dotColumn) == '#';
  }
}
