package dev.lowpass.codegen.cpu.halved;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.product.Factors;

/** The weights of a {@link StrassenProduct}, made of quarters in float64, in the order in which they are read. */
final class StrassenWeights {
  /** What the seven products multiply by, from first to last. */
  private enum Operand {
    B11,
    T2,
    T3,
    T1,
    B22,
    T4,
    B21;

    double of(double b11, double b12, double b21, double b22) {
      return switch (this) {
        case B11 -> b11;
        case T2 -> b22 - b12 + b11;
        case T3 -> b22 - b12;
        case T1 -> b12 - b11;
        case B22 -> b22;
        case T4 -> b21 - b22 + b12 - b11;
        case B21 -> b21;
      };
    }
  }

  /** How many products there are in place of eight. */
  static final int PRODUCTS = Operand.values().length;

  private StrassenWeights() {}

  /**
   * [pair of panels][product][channel of a half][vector · 16 + lane], from {@code factors}. The left
   * half of the outputs is the first panel of every pair.
   *
   * @param vectors output vectors of a panel; panels come in whole pairs
   */
  static float[] pack(Factors factors, int vectors) {
    float[] weight = factors.weight().floats();
    int outputs = factors.outputs();
    int channels = factors.channels();
    int half = channels / 2;
    int width = vectors * LANES;
    float[] packed = new float[outputs / 2 * PRODUCTS * half];
    int at = 0;
    for (int first = 0; first < outputs; first += 2 * width) {
      for (Operand operand : Operand.values()) {
        for (int k = 0; k < half; k++) {
          for (int n = first; n < first + width; n++) {
            int left = n * channels + k;
            int right = left + width * channels;
            packed[at++] = (float) operand.of(weight[left], weight[right], weight[left + half], weight[right + half]);
          }
        }
      }
    }
    return packed;
  }
}
