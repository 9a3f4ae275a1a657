package dev.lowpass.testsuite.model;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A real model and the shapes to import it with.
 *
 * @param name of its file, without the ending
 * @param shapes {@code input=1x3x224x224} for every input whose shape the model leaves open
 */
public record TestModel(String name, List<String> shapes) {
  /** The text-direction classifier of PP-OCR, which Maven brings: always there. */
  public static final TestModel TEXT_DIRECTION = new TestModel("ch_ppocr_mobile_v2.0_cls_infer", List.of("x=1x3x48x192"));

  /** All models that must work; those of the shared folder may be absent. */
  public static final List<TestModel> ALL =
      List.of(
          TEXT_DIRECTION,
          new TestModel("mobilenet_v1_0.25_128", List.of()),
          new TestModel("mobilenet_v1_0.75_192", List.of()),
          new TestModel("mobilenet_v2_1.0_224", List.of()),
          new TestModel("mobilenet_v2_1.0_224_bn", List.of("input=1x3x224x224")),
          new TestModel("mobilenet_v2_1.0_224_torchexport", List.of("input=1x3x224x224")));

  /** One of {@link #ALL} by its name. */
  public static TestModel of(String name) {
    return ALL.stream().filter(model -> model.name().equals(name)).findFirst().orElseThrow();
  }

  /** The shapes, by the inputs' names. */
  public SequencedMap<String, Shape> inputs() {
    SequencedMap<String, Shape> inputs = new LinkedHashMap<>();
    for (String shape : shapes) {
      String[] parts = shape.split("=");
      inputs.put(parts[0], Shape.of(Arrays.stream(parts[1].split("x")).mapToInt(Integer::parseInt).toArray()));
    }
    return inputs;
  }

  /** The bytes of the ONNX file, if this machine has it. */
  public Optional<byte[]> bytes() throws IOException {
    try (InputStream stream = TestModel.class.getResourceAsStream("/models/" + name + ".onnx")) {
      if (stream != null) {
        return Optional.of(stream.readAllBytes());
      }
    }
    Optional<Path> file = SharedFolder.find("models/" + name + ".onnx");
    return file.isPresent() ? Optional.of(Files.readAllBytes(file.get())) : Optional.empty();
  }

  /** The graph as imported, no pass run. */
  public Graph imported(byte[] bytes) {
    ImportOptions options = ImportOptions.defaults();
    for (String shape : shapes) {
      options = options.withShape(shape);
    }
    return OnnxReader.read(bytes, name, options).graph();
  }

  /**
   * Something to compute: lines of text for the models of PP-OCR, and numbers from -1 to 1 for others. In noise a detector
   * of text finds next to nothing, and what is left is how ONNX Runtime rounds a sigmoid of -15.
   */
  public SequencedMap<String, Tensor> something(Graph imported) {
    SequencedMap<String, Tensor> inputs = SeededInputs.of(imported, 7);
    if (name.startsWith("ch_")) {
      inputs.replaceAll((input, noise) -> DrawnText.of(noise.shape()));
    }
    return inputs;
  }

  @Override
  public String toString() {
    return name;
  }
}
