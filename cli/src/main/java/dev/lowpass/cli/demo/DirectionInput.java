package dev.lowpass.cli.demo;

import dev.lowpass.cli.data.picture.Normalization;
import dev.lowpass.cli.data.picture.Picture;
import dev.lowpass.runtime.Tensor;

/**
 * A line as PP-OCR's direction classifier wants it: [1, 3, 48, 192], blue first, -1 to 1; scaled to 48 rows, at most
 * 192 columns, with zeros to the right of shorter lines (PaddleOCR, tools/infer/predict_cls.py).
 */
final class DirectionInput {
  static final int HEIGHT = 48;
  static final int WIDTH = 192;

  private static final Normalization NORMALIZATION = new Normalization(127.5f, 127.5f);

  private DirectionInput() {}

  static Tensor of(Picture picture) {
    int width = Math.min(WIDTH, Math.ceilDiv(HEIGHT * picture.width(), picture.height()));
    Picture resized = picture.resized(width, HEIGHT);
    float[] planes = new float[3 * HEIGHT * WIDTH];
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < width; x++) {
          planes[(channel * HEIGHT + y) * WIDTH + x] = NORMALIZATION.apply(channel, resized.sample(x, y, 2 - channel));
        }
      }
    }
    return Tensor.of(planes, 1, 3, HEIGHT, WIDTH);
  }
}
