package dev.lowpass.spark;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.picture.ChannelOrder;
import dev.lowpass.runtime.picture.Filter;
import dev.lowpass.runtime.picture.Framing;
import dev.lowpass.runtime.picture.Normalization;
import dev.lowpass.runtime.picture.Preprocessing;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * How pictures become a model's input, in the words of {@code lowpass eval}, so that they can travel with a job and be
 * kept with a pipeline.
 *
 * @param resize {@code stretch}, {@code crop}, {@code crop:256} or {@code pad}
 * @param filter {@code bilinear}, {@code antialias} or {@code bicubic}
 * @param mean samples 0 to 255 are read as (sample - mean) / scale; one number, or one for each of the model's channels
 * @param scale likewise
 * @param channels {@code RGB} or {@code BGR}
 */
public record PictureOptions(String resize, String filter, List<Double> mean, List<Double> scale, String channels)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** @throws LowpassRuntimeException LP5041 for words and numbers that make no sense */
  public PictureOptions {
    mean = List.copyOf(mean);
    scale = List.copyOf(scale);
    preprocessing(resize, filter, mean, scale, channels);
  }

  /** Stretched bilinearly, -1 to 1, red first. */
  public static PictureOptions defaults() {
    return new PictureOptions("stretch", "bilinear", List.of(127.5), List.of(127.5), "RGB");
  }

  Preprocessing preprocessing() {
    return preprocessing(resize, filter, mean, scale, channels);
  }

  private static Preprocessing preprocessing(
      String resize, String filter, List<Double> mean, List<Double> scale, String channels) {
    try {
      return new Preprocessing(
          Framing.parse(resize),
          Filter.valueOf(filter.toUpperCase(Locale.ROOT)),
          new Normalization(floats(mean), floats(scale), ChannelOrder.valueOf(channels)));
    } catch (IllegalArgumentException e) {
      throw new LowpassRuntimeException(5041, "pictures", String.valueOf(e.getMessage()), e);
    }
  }

  private static List<Float> floats(List<Double> numbers) {
    return numbers.stream().map(Double::floatValue).toList();
  }
}
