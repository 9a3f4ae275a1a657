package dev.lowpass.codegen.cpu.winograd;

import java.util.Arrays;
import java.util.Optional;

/**
 * A size of tiles: outputs of a 3x3 convolution that are made together, of (outputs + 2)^2 products. Points are 0, pairs
 * of opposite ones, and infinity. Those of {@link #FOUR} leave half of the error that 0, 1, -1, 2 and -2 do, as measured
 * (relative L2 1.4e-6 for 256 channels); all numbers by which samples are multiplied are exact.
 */
enum TileForm {
  TWO(2, 1),
  FOUR(4, 0.625, 1.5);

  static final int TAPS = 3;

  private final int outputs;
  private final CookToom matrices;

  /** @param positive one point of each pair */
  TileForm(int outputs, double... positive) {
    double[] points = new double[1 + 2 * positive.length];
    for (int pair = 0; pair < positive.length; pair++) {
      points[1 + 2 * pair] = positive[pair];
      points[2 + 2 * pair] = -positive[pair];
    }
    this.outputs = outputs;
    this.matrices = CookToom.of(outputs, TAPS, points);
  }

  static Optional<TileForm> of(int outputs) {
    return Arrays.stream(values()).filter(form -> form.outputs == outputs).findFirst();
  }

  /** Outputs along a side of a tile. */
  int outputs() {
    return outputs;
  }

  /** Samples along a side of what a tile reads. */
  int extent() {
    return outputs + TAPS - 1;
  }

  /** Products that a tile is made of, for each pair of channels. */
  int positions() {
    return extent() * extent();
  }

  CookToom matrices() {
    return matrices;
  }
}
