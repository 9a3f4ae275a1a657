package dev.lowpass.cli;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.ir.onnx.TensorFile;
import dev.lowpass.ir.text.IrText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A classifier of three classes over 3x14x14 pictures that compiles in a moment. */
final class ToyModel {
  static final String TEXT =
      """
      graph @toy(%image: f32[1, 3, 14, 14]) -> (scores = %scores) {
        %w1 = constant f32[32, 3] random(seed = 1)
        %w2 = constant f32[32, 3, 3] random(seed = 2)
        %w3 = constant f32[3, 32] random(seed = 3)
        %expanded = pointwise %image, %w1 : f32[1, 32, 14, 14] loc("expand")
        %active = relu %expanded
        %deep = depthwise %active, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]} loc("depthwise")
        %bounded = clip %deep {min = 0.0, max = 6.0}
        %projected = pointwise %bounded, %w3 : f32[1, 3, 14, 14] loc("project")
        %mean = global_average_pool %projected
        %scores = reshape %mean {shape = [1, 3]}
      }
      """;

  static final String BANDS =
      """
      bands 1
      layer "project" block 7x7 order zigzag keep [49*8, 20*16, 0*8]
      """;

  private ToyModel() {}

  static Graph graph() {
    return IrText.parse(TEXT, "toy.ir");
  }

  /** Writes {@code model.onnx} into {@code folder} and returns its path. */
  static Path write(Path folder) {
    Path file = folder.resolve("model.onnx");
    OnnxWriter.write(graph(), new LinkedHashMap<>(), file);
    return file;
  }

  /** Writes the same classifier for pictures of any size. */
  static Path writeOpen(Path file) throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(OnnxWriter.write(graph(), new LinkedHashMap<>())).toBuilder();
    TensorShapeProto.Builder shape =
        model.getGraphBuilder().getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    shape.getDimBuilder(2).setDimParam("height");
    shape.getDimBuilder(3).setDimParam("width");
    return Files.write(file, model.build().toByteArray());
  }

  /** Writes the same classifier for two pictures at once. */
  static Path writePairs(Path file) {
    String pairs = TEXT.replace("[1, 3", "[2, 3").replace("[1, 32, 14", "[2, 32, 14");
    OnnxWriter.write(IrText.parse(pairs, "pairs.ir"), new LinkedHashMap<>(), file);
    return file;
  }

  /** Writes a test case with one data set, whose output is that of the reference interpreter plus {@code error}. */
  static Path writeCase(Path folder, float error) throws IOException {
    Path dataSet = Files.createDirectories(folder.resolve("test_data_set_0"));
    write(folder);
    Map<String, Tensor> inputs = SeededInputs.of(graph(), 5);
    float[] scores = Interpreter.run(graph(), inputs).get("scores").floats().clone();
    scores[1] += error;
    TensorFile.write(dataSet.resolve("input_0.pb"), "image", inputs.get("image"));
    TensorFile.write(dataSet.resolve("output_0.pb"), "scores", Tensor.of(scores, 1, 3));
    return folder;
  }
}
