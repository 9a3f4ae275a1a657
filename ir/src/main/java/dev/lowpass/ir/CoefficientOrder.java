package dev.lowpass.ir;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The order in which a block's coefficients (u, v) are counted; a band is a prefix of it. Frequency (0, 0) is always
 * first.
 *
 * <p>u is the vertical frequency (row of the transformed block), v the horizontal one.
 */
public enum CoefficientOrder {
  /** Anti-diagonals u+v, walked in alternating directions, as in JPEG (ITU-T T.81, figure A.6). */
  ZIGZAG,
  /** By u+v, within one diagonal by u. */
  DIAGONAL,
  /** By max(u, v): growing squares, so that a prefix is a smaller separable transform. */
  SQUARE;

  /** A coefficient's place in the transformed block. */
  public record Frequency(int u, int v) {}

  /** All frequencies of {@code block} in this order. */
  public List<Frequency> frequencies(Block block) {
    List<Frequency> all = new ArrayList<>();
    for (int u = 0; u < block.height(); u++) {
      for (int v = 0; v < block.width(); v++) {
        all.add(new Frequency(u, v));
      }
    }
    all.sort(comparator());
    return List.copyOf(all);
  }

  private Comparator<Frequency> comparator() {
    return switch (this) {
      case ZIGZAG ->
          Comparator.<Frequency>comparingInt(f -> f.u() + f.v())
              .thenComparingInt(f -> (f.u() + f.v()) % 2 == 0 ? -f.u() : f.u());
      case DIAGONAL -> Comparator.<Frequency>comparingInt(f -> f.u() + f.v()).thenComparingInt(Frequency::u);
      case SQUARE ->
          Comparator.<Frequency>comparingInt(f -> Math.max(f.u(), f.v()))
              .thenComparingInt(f -> f.u() == Math.max(f.u(), f.v()) ? 1 : 0)
              .thenComparingInt(f -> f.u() + f.v());
    };
  }

  public static CoefficientOrder parse(String text) {
    for (CoefficientOrder order : values()) {
      if (order.toString().equals(text)) {
        return order;
      }
    }
    throw new IllegalArgumentException("no coefficient order '" + text + "'; there are zigzag, diagonal and square");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What makes each coefficient of {@code block}, in this order, an orthonormal one, of one that is the mean over the
   * block of samples times cosines: kernels hold these, since their transforms take fewer multiplications.
   */
  public double[] gains(Block block) {
    int height = block.height();
    int width = block.width();
    return frequencies(block).stream()
        .mapToDouble(f -> gain(f.u(), height) * gain(f.v(), width) * height * width)
        .toArray();
  }

  private static double gain(int frequency, int samples) {
    return Math.sqrt((frequency == 0 ? 1.0 : 2.0) / samples);
  }
}
