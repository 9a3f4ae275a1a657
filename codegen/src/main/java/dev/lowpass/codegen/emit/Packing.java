package dev.lowpass.codegen.emit;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.ir.Bands;

/** Weights in the order in which kernels read them; missing channels are zeros. */
public final class Packing {
  private Packing() {}

  /**
   * Panels of {@code vectors} output vectors: [panel][channel][vector · 16 + lane], from {@code weight}
   * [outputs][channels]. The last panel may be narrower and starts where the others end.
   */
  public static float[] panels(float[] weight, int outputs, int channels, int vectors) {
    int slabs = Math.ceilDiv(outputs, LANES);
    float[] packed = new float[Math.multiplyExact(slabs * LANES, channels)];
    for (int first = 0; first < slabs; first += vectors) {
      int width = Math.min(vectors, slabs - first) * LANES;
      int base = first * LANES * channels;
      for (int k = 0; k < channels; k++) {
        for (int lane = 0; lane < width && first * LANES + lane < outputs; lane++) {
          packed[base + k * width + lane] = weight[(first * LANES + lane) * channels + k];
        }
      }
    }
    return packed;
  }

  /**
   * A vector of every slab for each tap, then the bias: [slab][taps + 1][lane], from {@code weight} [channels][taps].
   */
  public static float[] taps(float[] weight, float[] bias, int channels, int taps) {
    int slabs = Math.ceilDiv(channels, LANES);
    float[] packed = new float[Math.multiplyExact(slabs * (taps + 1), LANES)];
    for (int c = 0; c < channels; c++) {
      int base = c / LANES * (taps + 1) * LANES + c % LANES;
      for (int t = 0; t < taps; t++) {
        packed[base + t * LANES] = weight[c * taps + t];
      }
      packed[base + taps * LANES] = bias.length == 0 ? 0 : bias[c];
    }
    return packed;
  }

  /** How many coefficients every channel keeps, with zeros up to a whole slab. */
  public static int[] slabs(Bands keep) {
    int[] padded = new int[Math.ceilDiv(keep.channels(), LANES) * LANES];
    for (int c = 0; c < keep.channels(); c++) {
      padded[c] = keep.of(c);
    }
    return padded;
  }

  /** {@code values} with zeros up to a whole slab; all zeros where there are none. */
  public static float[] slabs(float[] values, int channels) {
    float[] padded = new float[Math.ceilDiv(channels, LANES) * LANES];
    System.arraycopy(values, 0, padded, 0, Math.min(values.length, channels));
    return padded;
  }
}
