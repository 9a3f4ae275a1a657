package dev.lowpass.codegen.cpu.winograd;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.product.Panels;

/** Weights G g G^T, made in float64, as the products of all positions of a tile read them. */
final class TransformedWeights {
  private TransformedWeights() {}

  /** [panel][position][channel][vector · 16 + lane], of {@code weight} [outputs][channels][3][3]. */
  static float[] pack(float[] weight, Panels panels, TileForm form) {
    int channels = panels.channels();
    int positions = form.positions();
    float[] packed = new float[Math.multiplyExact(panels.slabs() * LANES, Math.multiplyExact(channels, positions))];
    double[] transformed = new double[positions];
    for (int output = 0; output < panels.outputs(); output++) {
      int slab = output / LANES / panels.vectors() * panels.vectors();
      int width = panels.at(slab).vectors() * LANES;
      int base = slab * LANES * channels * positions + output - slab * LANES;
      for (int channel = 0; channel < channels; channel++) {
        transform(weight, (output * channels + channel) * TileForm.TAPS * TileForm.TAPS, form, transformed);
        for (int position = 0; position < positions; position++) {
          packed[base + (position * channels + channel) * width] = (float) transformed[position];
        }
      }
    }
    return packed;
  }

  private static void transform(float[] weight, int at, TileForm form, double[] transformed) {
    double[][] taps = form.matrices().taps();
    int extent = form.extent();
    double[] column = new double[TileForm.TAPS];
    for (int i = 0; i < extent; i++) {
      for (int x = 0; x < TileForm.TAPS; x++) {
        column[x] = 0;
        for (int y = 0; y < TileForm.TAPS; y++) {
          column[x] += taps[i][y] * weight[at + y * TileForm.TAPS + x];
        }
      }
      for (int j = 0; j < extent; j++) {
        transformed[i * extent + j] = taps[j][0] * column[0] + taps[j][1] * column[1] + taps[j][2] * column[2];
      }
    }
  }
}
