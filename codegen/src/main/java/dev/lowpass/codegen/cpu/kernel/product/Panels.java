package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

/**
 * The outputs of a product in panels of {@code vectors} vectors, the last of which may be narrower. Where it would
 * leave half of a vector empty or more, it is one of pairs.
 *
 * @param channels of the input, each with a weight for every output
 * @param pairs whether the last panel may be one of pairs: whatever is multiplied has an even number of channels
 */
public record Panels(int outputs, int channels, int vectors, boolean pairs) {
  /** The panel that starts at {@code slab}. */
  public ProductPanel at(int slab) {
    int width = Math.min(vectors, slabs() - slab);
    boolean halfEmpty = (outputs - 1) % LANES < LANES / 2;
    return pairs && halfEmpty && slab + width == slabs()
        ? new ProductPanel.Paired(width)
        : new ProductPanel.Plain(width);
  }

  /** The last panel, which may be the only one. */
  public ProductPanel last() {
    return at(lastSlab());
  }

  /** Whether all panels are of one kind. */
  public boolean areAlike() {
    return last().equals(at(0));
  }

  /** Where the last panel starts. */
  public int lastSlab() {
    return (slabs() - 1) / vectors * vectors;
  }

  /** At most {@code rows}, so that their sums at {@code slab} take no more registers than those of a whole panel. */
  public int rows(int slab, int rows) {
    return Math.clamp(rows * vectors / at(slab).sums(), 1, rows);
  }

  /** Panel after panel of {@code weight} [outputs][channels]; missing outputs are zeros. */
  public float[] pack(float[] weight) {
    float[] packed = new float[lastSlab() * LANES * channels + last().weights(channels)];
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

  public int slabs() {
    return Math.ceilDiv(outputs, LANES);
  }
}
