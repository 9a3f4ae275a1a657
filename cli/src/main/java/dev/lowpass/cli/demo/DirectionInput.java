package dev.lowpass.cli.demo;

import dev.lowpass.ir.Shape;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.picture.Normalization;
import dev.lowpass.runtime.picture.Picture;

/**
 * A line as PP-OCR's direction classifier wants it: [1, 3, 48, 192], blue first, -1 to 1; scaled to 48 rows, at most
 * 192 columns, with zeros to the right of shorter lines (PaddleOCR, tools/infer/predict_cls.py).
 */
final class DirectionInput {
  static final int HEIGHT = 48;
  static final int WIDTH = 192;
  static final Shape SHAPE = Shape.of(1, 3, HEIGHT, WIDTH);

  private static final Normalization NORMALIZATION = new Normalization(127.5f, 127.5f);

  private DirectionInput() {}

  static Tensor of(Picture picture) {
    float[] planes = new float[3 * HEIGHT * WIDTH];
    write(resized(picture), planes, 0);
    return Tensor.of(planes, 1, 3, HEIGHT, WIDTH);
  }

  /** At 48 rows, and at most 192 columns. */
  static Picture resized(Picture picture) {
    return picture.resized(Math.min(WIDTH, Math.ceilDiv(HEIGHT * picture.width(), picture.height())), HEIGHT);
  }

  /** Writes a picture that was {@link #resized}, [3, 48, 192], to {@code target} from {@code offset} on. */
  static void write(Picture resized, float[] target, int offset) {
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < HEIGHT; y++) {
        int row = offset + (channel * HEIGHT + y) * WIDTH;
        for (int x = 0; x < WIDTH; x++) {
          boolean inside = x < resized.width();
          target[row + x] = inside ? NORMALIZATION.apply(channel, resized.sample(x, y, 2 - channel)) : 0;
        }
      }
    }
  }
}
