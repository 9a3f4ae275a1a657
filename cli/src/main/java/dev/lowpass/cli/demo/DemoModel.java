package dev.lowpass.cli.demo;

import dev.lowpass.ir.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A model of PP-OCR, from the class path. */
enum DemoModel {
  /** The text-direction classifier as PaddleOCR trained it: output class 1 means upside down. */
  DIRECTION("ch_ppocr_mobile_v2.0_cls_infer.onnx", "/models/ch_ppocr_mobile_v2.0_cls_infer.onnx", 192),

  /** What {@link DirectionTraining} made of it: other weights, and bands in its metadata. */
  LEARNT_DIRECTION("text-direction.onnx", "text-direction.onnx", 192),

  /** The recogniser: for each of the columns of a line, 8 samples wide, scores of an {@link Alphabet}. */
  RECOGNISER("ch_PP-OCRv4_rec_infer.onnx", "/models/ch_PP-OCRv4_rec_infer.onnx", 320);

  /** Their input; all extents but the channels are open in the files that PaddleOCR exported. */
  static final String INPUT = "x";

  private final String file;
  private final String resource;
  private final LineInput input;

  DemoModel(String file, String resource, int width) {
    this.file = file;
    this.resource = resource;
    this.input = new LineInput(width);
  }

  /** What it reads of a line. */
  LineInput input() {
    return input;
  }

  /** Shapes of the inputs, by name. */
  Map<String, Shape> shapes() {
    return Map.of(INPUT, input.shape());
  }

  /** The ONNX file's bytes. */
  byte[] bytes() throws IOException {
    return resource(resource);
  }

  /** What the class path has by that name, beside this class unless it begins with a slash. */
  static byte[] resource(String resource) throws IOException {
    try (InputStream stream = DemoModel.class.getResourceAsStream(resource)) {
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
