package dev.lowpass.cli.demo;

import dev.lowpass.ir.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** PP-OCR's text-direction classifier, from the class path: output class 1 means upside down. */
enum DirectionModel {
  /** As PaddleOCR trained it. */
  ORIGINAL("ch_ppocr_mobile_v2.0_cls_infer.onnx", "/models/ch_ppocr_mobile_v2.0_cls_infer.onnx"),

  /** What {@link DirectionTraining} made of it: other weights, and bands in its metadata. */
  LEARNT("text-direction.onnx", "text-direction.onnx");

  /** Its input; the original leaves all extents but the channels open. */
  static final String INPUT = "x";

  private final String file;
  private final String resource;

  DirectionModel(String file, String resource) {
    this.file = file;
    this.resource = resource;
  }

  /** Shapes of the inputs, by name. */
  static Map<String, Shape> shapes() {
    return Map.of(INPUT, DirectionInput.SHAPE);
  }

  /** The ONNX file's bytes. */
  byte[] bytes() throws IOException {
    try (InputStream stream = DirectionModel.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return stream.readAllBytes();
    }
  }

  /** Writes the ONNX file into {@code folder}. */
  Path writeTo(Path folder) throws IOException {
    return Files.write(folder.resolve(file), bytes());
  }
}
