package dev.lowpass.ir;

/**
 * The orthonormal DCT-II matrix of size n: D[u, i] = s(u) cos(π (2i + 1) u / 2n) with s(0) = sqrt(1/n) and otherwise
 * s(u) = sqrt(2/n). Its inverse is its transpose.
 */
public final class DctMatrix {
  private final int size;
  private final double[] values;

  public DctMatrix(int size) {
    this.size = size;
    this.values = new double[size * size];
    for (int u = 0; u < size; u++) {
      double scale = Math.sqrt((u == 0 ? 1.0 : 2.0) / size);
      for (int i = 0; i < size; i++) {
        values[u * size + i] = scale * Math.cos(Math.PI * (2 * i + 1) * u / (2 * size));
      }
    }
  }

  public int size() {
    return size;
  }

  /** The weight of sample {@code i} in frequency {@code u}. */
  public double at(int u, int i) {
    return values[u * size + i];
  }
}
