package dev.lowpass.runtime.picture;

/** {@link Filter#BILINEAR} at work. */
final class Bilinear {
  private Bilinear() {}

  static Picture resampled(Picture picture, Window window) {
    int width = window.width();
    int[] samples = new int[3 * width * window.height()];
    for (int y = 0; y < window.height(); y++) {
      double sourceY = source(y + window.top(), picture.height(), window.wholeHeight());
      for (int x = 0; x < width; x++) {
        double sourceX = source(x + window.left(), picture.width(), window.wholeWidth());
        for (int channel = 0; channel < 3; channel++) {
          samples[3 * (y * width + x) + channel] = (int) Math.round(interpolated(picture, sourceX, sourceY, channel));
        }
      }
    }
    return new Picture(width, window.height(), samples);
  }

  /** Where the sample {@code place} of {@code resized} lies among {@code extent} samples, not beyond their centres. */
  private static double source(long place, int extent, long resized) {
    return Math.max(0, Math.min(extent - 1, (place + 0.5) * extent / resized - 0.5));
  }

  private static double interpolated(Picture picture, double x, double y, int channel) {
    int left = (int) x;
    int top = (int) y;
    int right = Math.min(left + 1, picture.width() - 1);
    int bottom = Math.min(top + 1, picture.height() - 1);
    double upper = mix(picture.sample(left, top, channel), picture.sample(right, top, channel), x - left);
    double lower = mix(picture.sample(left, bottom, channel), picture.sample(right, bottom, channel), x - left);
    return mix(upper, lower, y - top);
  }

  private static double mix(double a, double b, double part) {
    return a + (b - a) * part;
  }
}
