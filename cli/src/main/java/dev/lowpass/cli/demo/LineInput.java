package dev.lowpass.cli.demo;

import dev.lowpass.ir.Shape;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.picture.Normalization;
import dev.lowpass.runtime.picture.Picture;

/**
 * A line as PP-OCR's models want it: [1, 3, 48, width], blue first, -1 to 1; scaled to 48 rows, at most {@code width}
 * columns, with zeros to the right of shorter lines (PaddleOCR, tools/infer/predict_cls.py and predict_rec.py).
 */
record LineInput(int width) {
  static final int HEIGHT = 48;

  private static final Normalization NORMALIZATION = new Normalization(127.5f, 127.5f);

  Shape shape() {
    return Shape.of(1, 3, HEIGHT, width);
  }

  Tensor of(Picture picture) {
    float[] planes = new float[Math.toIntExact(shape().elements())];
    write(resized(picture), planes, 0);
    return Tensor.of(planes, 1, 3, HEIGHT, width);
  }

  /** At 48 rows, and at most {@code width} columns. */
  Picture resized(Picture picture) {
    return picture.resized(Math.min(width, Math.ceilDiv(HEIGHT * picture.width(), picture.height())), HEIGHT);
  }

  /** Writes a picture that was {@link #resized}, [3, 48, width], to {@code target} from {@code offset} on. */
  void write(Picture resized, float[] target, int offset) {
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < HEIGHT; y++) {
        int row = offset + (channel * HEIGHT + y) * width;
        for (int x = 0; x < width; x++) {
          boolean inside = x < resized.width();
          target[row + x] = inside ? NORMALIZATION.apply(channel, resized.sample(x, y, 2 - channel)) : 0;
        }
      }
    }
  }
}
