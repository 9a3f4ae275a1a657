package dev.lowpass.runtime.picture;

import java.util.Collections;
import java.util.List;

/**
 * How samples 0 to 255 become a network's input: (x - mean) / scale. Most MobileNets want 127.5 for both, networks of
 * torchvision 123.675, 116.28, 103.53 and 58.395, 57.12, 57.375.
 *
 * @param mean one number for each of the network's channels, in the network's order; one alone is for all three
 * @param scale likewise; not 0
 */
public record Normalization(List<Float> mean, List<Float> scale, ChannelOrder order) {
  /** @throws IllegalArgumentException for a count of numbers other than 1 and 3, numbers not finite, a scale of 0 */
  public Normalization {
    mean = three("mean", mean);
    scale = three("scale", scale);
    if (scale.contains(0f) || scale.contains(-0f)) {
      throw new IllegalArgumentException("a scale of 0; samples are divided by it");
    }
  }

  /** The same for all three channels, red first. */
  public Normalization(float mean, float scale) {
    this(List.of(mean), List.of(scale), ChannelOrder.RGB);
  }

  private static List<Float> three(String what, List<Float> numbers) {
    if (numbers.size() != 1 && numbers.size() != 3) {
      throw new IllegalArgumentException("%d numbers for the %s; 1 or 3".formatted(numbers.size(), what));
    }
    if (!numbers.stream().allMatch(Float::isFinite)) {
      throw new IllegalArgumentException("%s %s is not finite".formatted(what, numbers));
    }
    return numbers.size() == 3 ? List.copyOf(numbers) : Collections.nCopies(3, numbers.get(0));
  }

  /** What the network's {@code channel} gets for a sample. */
  public float apply(int channel, int sample) {
    return (sample - mean.get(channel)) / scale.get(channel);
  }

  /**
   * What the network gets for a whole picture.
   *
   * @param samples [3, n], red first, bytes without a sign
   * @return [3, n] in the network's order of channels
   */
  public float[] apply(byte[] samples) {
    float[] input = new float[samples.length];
    int size = samples.length / 3;
    for (int channel = 0; channel < 3; channel++) {
      float[] table = table(channel);
      int source = order.colour(channel) * size;
      for (int i = 0; i < size; i++) {
        input[channel * size + i] = table[samples[source + i] & 255];
      }
    }
    return input;
  }

  private float[] table(int channel) {
    float[] table = new float[256];
    for (int sample = 0; sample < table.length; sample++) {
      table[sample] = apply(channel, sample);
    }
    return table;
  }

  /** The sample of a colour (0 red, 1 green, 2 blue) that comes nearest to 0. */
  int zero(int colour) {
    return Math.round(Math.max(0, Math.min(255, mean.get(order.colour(colour)))));
  }
}
