package dev.lowpass.runtime.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * An RGB picture.
 *
 * @param samples 0 to 255, red, green and blue interleaved, row by row from the top
 */
public record Picture(int width, int height, int[] samples) {
  public Picture {
    if (samples.length != 3 * width * height) {
      throw new IllegalArgumentException(samples.length + " samples for " + width + "x" + height);
    }
  }

  /** The samples of {@code image}; transparency is ignored. */
  public static Picture of(BufferedImage image) {
    int[] samples =
        switch (image.getColorModel().getColorSpace().getType()) {
          case ColorSpace.TYPE_GRAY -> greys(image);
          case ColorSpace.TYPE_CMYK -> inks(image);
          default -> colours(image);
        };
    return new Picture(image.getWidth(), image.getHeight(), samples);
  }

  private static int[] colours(BufferedImage image) {
    if (isBytesAsTheyAre(image)) {
      return bytes(image.getRaster());
    }
    int width = image.getWidth();
    int[] packed = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    int[] samples = new int[3 * packed.length];
    for (int i = 0; i < packed.length; i++) {
      samples[3 * i] = packed[i] >> 16 & 255;
      samples[3 * i + 1] = packed[i] >> 8 & 255;
      samples[3 * i + 2] = packed[i] & 255;
    }
    return samples;
  }

  /** Whether {@code getRGB} would give what the raster holds; it asks the colour model for each sample. */
  private static boolean isBytesAsTheyAre(BufferedImage image) {
    return image.getColorModel() instanceof ComponentColorModel model
        && model.getColorSpace().isCS_sRGB()
        && model.getTransferType() == DataBuffer.TYPE_BYTE
        && !model.isAlphaPremultiplied()
        && Arrays.stream(model.getComponentSize()).allMatch(bits -> bits == 8);
  }

  private static int[] bytes(Raster raster) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int bands = raster.getNumBands();
    int[] pixels = raster.getPixels(raster.getMinX(), raster.getMinY(), width, height, (int[]) null);
    if (bands == 3) {
      return pixels;
    }
    int[] samples = new int[3 * width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = pixels[i / 3 * bands + i % 3];
    }
    return samples;
  }

  /** As the file has them: {@code getRGB} takes grey samples for linear light, and makes 71 of 16. */
  private static int[] greys(BufferedImage image) {
    Raster raster = image.getRaster();
    int highest = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    int[] greys = raster.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
    int[] samples = new int[3 * greys.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (int) Math.round(255.0 * greys[i / 3] / highest);
    }
    return samples;
  }

  /** Each ink takes its part of the light, as Pillow reads CMYK: red = (1 - cyan) (1 - black). */
  private static int[] inks(BufferedImage image) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int[] inks = raster.getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    int[] samples = new int[3 * (inks.length / bands)];
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / 3 * bands;
      samples[i] = Math.round((255 - inks[pixel + i % 3]) * (255 - inks[pixel + 3]) / 255f);
    }
    return samples;
  }

  /** One sample; channel 0 is red, 1 green, 2 blue. */
  public int sample(int x, int y, int channel) {
    return samples[3 * (y * width + x) + channel];
  }

  /** The picture at another size by {@link Filter#BILINEAR}. */
  public Picture resized(int newWidth, int newHeight) {
    return Filter.BILINEAR.resample(this, Window.whole(newWidth, newHeight));
  }

  /** The samples as bytes without a sign, as [3, height, width], red first. */
  public byte[] planes() {
    byte[] planes = new byte[samples.length];
    int size = width * height;
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < size; i++) {
        planes[channel * size + i] = (byte) samples[3 * i + channel];
      }
    }
    return planes;
  }
}
