package dev.lowpass.ir;

/** The size of a transform block: {@code height} rows of {@code width} samples. */
public record Block(int height, int width) {
  /**
   * The largest side: a longer separable transform costs more than it saves, and untrusted text must not ask for one.
   */
  public static final int MAX_SIDE = 64;

  public Block {
    if (height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE) {
      throw new IllegalArgumentException("a block has sides of 1 to " + MAX_SIDE + ", not " + height + "x" + width);
    }
  }

  /** Number of coefficients, n² for a square block of side n. */
  public int size() {
    return height * width;
  }

  /** Blocks that cover a map of {@code rows} rows; the last one is padded where the side does not divide. */
  public int rowsOf(int rows) {
    return Math.ceilDiv(rows, height);
  }

  /** Blocks that cover a map of {@code columns} columns. */
  public int columnsOf(int columns) {
    return Math.ceilDiv(columns, width);
  }

  /** Blocks that cover a map of {@code rows} x {@code columns}. */
  public int count(int rows, int columns) {
    return rowsOf(rows) * columnsOf(columns);
  }

  /** Whether blocks tile the map without padding. */
  public boolean divides(int rows, int columns) {
    return rows % height == 0 && columns % width == 0;
  }

  /** What a constant of 1 becomes at the DC coefficient of an orthonormal transform: sqrt(height · width). */
  public double dcGain() {
    return Math.sqrt((double) height * width);
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
