package dev.lowpass.codegen.cpu;

import static dev.lowpass.codegen.plan.Layout.LANES;

/**
 * The outputs of a product in panels of {@code vectors} vectors, the last of which may be narrower. Where it would
 * leave half of a vector empty or more, it is one of pairs.
 *
 * @param channels of the input, each with a weight for every output
 */
record Panels(int outputs, int channels, int vectors) {
  /** The panel that starts at {@code slab}. */
  ProductPanel at(int slab) {
    int width = Math.min(vectors, slabs() - slab);
    boolean halfEmpty = (outputs - 1) % LANES < LANES / 2;
    return slab + width == slabs() && halfEmpty && channels % 2 == 0
        ? new ProductPanel.Paired(width)
        : new ProductPanel.Plain(width);
  }

  /** At most {@code rows}, so that their sums at {@code slab} take no more registers than those of a whole panel. */
  int rows(int slab, int rows) {
    return Math.clamp(rows * vectors / at(slab).sums(), 1, rows);
  }

  /** Panel after panel of {@code weight} [outputs][channels]; missing outputs are zeros. */
  float[] pack(float[] weight) {
    int last = (slabs() - 1) / vectors * vectors;
    float[] packed = new float[last * LANES * channels + at(last).weights(channels)];
    for (int slab = 0; slab < slabs(); slab += vectors) {
      ProductPanel panel = at(slab);
      int first = slab * LANES;
      int end = Math.min(outputs, first + panel.vectors() * LANES);
      for (int output = first; output < end; output++) {
        for (int channel = 0; channel < channels; channel++) {
          packed[first * channels + panel.weight(output - first, channel)] = weight[output * channels + channel];
        }
      }
    }
    return packed;
  }

  private int slabs() {
    return Math.ceilDiv(outputs, LANES);
  }
}
