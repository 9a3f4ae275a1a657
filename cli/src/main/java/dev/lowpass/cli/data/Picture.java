package dev.lowpass.cli.data;

import dev.lowpass.ir.LowpassException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * An RGB picture.
 *
 * @param samples 0 to 255, red, green and blue interleaved, row by row from the top
 */
public record Picture(int width, int height, int[] samples) {
  /** A decoder would allocate what a header claims: a picture of more pixels is refused before that. */
  private static final long MAX_PIXELS = 100_000_000;

  public Picture {
    if (samples.length != 3 * width * height) {
      throw new IllegalArgumentException(samples.length + " samples for " + width + "x" + height);
    }
  }

  /**
   * Reads a JPEG, PNG, BMP or GIF.
   *
   * @throws LowpassException LP7011 if it is no such picture, or larger than we read
   * @throws IOException if the file cannot be read
   */
  public static Picture read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new LowpassException("LP7011", file.toString(), "not a picture that we read: JPEG, PNG, BMP, GIF");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MAX_PIXELS) {
          throw new LowpassException("LP7011", file.toString(), pixels + " pixels; at most " + MAX_PIXELS);
        }
        return of(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException | NullPointerException e) {
      // The decoders of the JDK throw all of these for damaged files.
      throw new LowpassException("LP7011", file.toString(), "damaged picture: " + e.getMessage(), e);
    }
  }

  /** The samples of {@code image}; transparency is ignored. */
  public static Picture of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] packed = image.getRGB(0, 0, width, height, null, 0, width);
    int[] samples = new int[3 * packed.length];
    for (int i = 0; i < packed.length; i++) {
      samples[3 * i] = packed[i] >> 16 & 255;
      samples[3 * i + 1] = packed[i] >> 8 & 255;
      samples[3 * i + 2] = packed[i] & 255;
    }
    return new Picture(width, height, samples);
  }

  /**
   * The picture at another size, bilinear between the four nearest samples, pixel centres at half integers, rounded to
   * whole samples: the rule of OpenCV's INTER_LINEAR, without its fixed-point arithmetic.
   */
  public Picture resized(int newWidth, int newHeight) {
    if (newWidth == width && newHeight == height) {
      return this;
    }
    int[] resized = new int[3 * newWidth * newHeight];
    for (int y = 0; y < newHeight; y++) {
      double sourceY = Math.clamp((y + 0.5) * height / newHeight - 0.5, 0, height - 1);
      for (int x = 0; x < newWidth; x++) {
        double sourceX = Math.clamp((x + 0.5) * width / newWidth - 0.5, 0, width - 1);
        for (int channel = 0; channel < 3; channel++) {
          resized[3 * (y * newWidth + x) + channel] = (int) Math.round(interpolated(sourceX, sourceY, channel));
        }
      }
    }
    return new Picture(newWidth, newHeight, resized);
  }

  private double interpolated(double x, double y, int channel) {
    int left = (int) x;
    int top = (int) y;
    int right = Math.min(left + 1, width - 1);
    int bottom = Math.min(top + 1, height - 1);
    double upper = mix(sample(left, top, channel), sample(right, top, channel), x - left);
    double lower = mix(sample(left, bottom, channel), sample(right, bottom, channel), x - left);
    return mix(upper, lower, y - top);
  }

  private static double mix(double a, double b, double part) {
    return a + (b - a) * part;
  }

  /** One sample; channel 0 is red, 1 green, 2 blue. */
  public int sample(int x, int y, int channel) {
    return samples[3 * (y * width + x) + channel];
  }

  /** The samples normalised, as [3, height, width], red first. */
  public float[] planes(Normalization normalization) {
    float[] planes = new float[samples.length];
    int size = width * height;
    for (int i = 0; i < samples.length; i++) {
      planes[i % 3 * size + i / 3] = normalization.apply(samples[i]);
    }
    return planes;
  }
}
