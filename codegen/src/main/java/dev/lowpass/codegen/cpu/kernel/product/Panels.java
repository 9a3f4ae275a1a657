package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.llvm.Bfloats;
import dev.lowpass.ir.Precision;

/**
 * The outputs of a product in panels of {@code vectors} vectors, the last of which may be narrower. Where it would
 * leave half of a vector empty or more, it is one of pairs.
 *
 * @param channels of the input, each with a weight for every output
 * @param pairs whether the last panel may be one of pairs: whatever is multiplied has an even number of channels
 * @param precision in which weights are packed. Rounded to bfloat16, those of two channels lie side by side where one
 *     float32 would, and channels are filled up to whole steps of 32
 */
public record Panels(int outputs, int channels, int vectors, boolean pairs, Precision precision) {
  public Panels(int outputs, int channels, int vectors, boolean pairs) {
    this(outputs, channels, vectors, pairs, Precision.FLOAT32);
  }

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

  /** How many times there is a weight of 32 bits for every output. */
  private int packedChannels() {
    return switch (precision) {
      case FLOAT32 -> channels;
      case BFLOAT16 -> Math.ceilDiv(channels, Bfloats.CHANNELS) * Bfloats.CHANNELS / 2;
      case TF32, FLOAT16 -> throw new IllegalStateException("no processor multiplies in " + precision);
    };
  }

  /** Where the weights of the panel at {@code slab} begin: so many words of 32 bits behind those of the first. */
  public Expr start(Expr slab) {
    return slab.times(LANES * packedChannels());
  }

  /** The same for a known panel. */
  public int start(int slab) {
    return slab * LANES * packedChannels();
  }

  /** Panel after panel of {@code weight} [outputs][channels], in words of 32 bits; missing outputs are zeros. */
  public int[] pack(float[] weight) {
    return switch (precision) {
      case FLOAT32 -> Parameters.bits(plain(weight));
      case TF32, FLOAT16, BFLOAT16 -> rounded(weight);
    };
  }

  /** The even channel of a pair has the lower half of a word. */
  private int[] rounded(float[] weight) {
    int[] packed = new int[start(slabs())];
    for (int output = 0; output < outputs; output++) {
      int slab = output / LANES / vectors * vectors;
      int width = at(slab).vectors() * LANES;
      int place = start(slab) + output - slab * LANES;
      for (int channel = 0; channel < channels; channel++) {
        int half = precision.bits(weight[output * channels + channel]);
        packed[place + channel / 2 * width] |= channel % 2 == 0 ? half : half << Short.SIZE;
      }
    }
    return packed;
  }

  private float[] plain(float[] weight) {
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
