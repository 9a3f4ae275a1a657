package dev.lowpass.testsuite.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.onnx.TensorFile;
import dev.lowpass.testsuite.model.OnnxRuntimePeer;
import dev.lowpass.testsuite.model.SharedFolder;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With nothing dropped a compiled model computes what ONNX Runtime computes, on two workers as on one. */
class DenseModelsTest {
  private static final double TOLERANCE = 1e-4;

  @TempDir private Path folder = Path.of("");

  static List<TestModel> models() {
    return TestModel.ALL;
  }

  @ParameterizedTest
  @MethodSource("models")
  void agreeWithOnnxRuntime(TestModel model) throws IOException, OrtException {
    byte[] bytes = CompiledModel.bytes(model);
    CompiledModel compiled = CompiledModel.of(model, CompiledModel.DENSE, folder);
    Map<String, Tensor> inputs = SeededInputs.of(compiled.graph(), 7);
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(bytes)) {
      Map<String, Tensor> expected = peer.run(inputs);
      CompiledModel.assertSame(compiled.run(inputs, 1), expected, TOLERANCE);
      CompiledModel.assertSame(compiled.run(inputs, 2), expected, TOLERANCE);
    }
    assertReproduces(compiled, model, 1);
  }

  /** The batch is open in this model, and 1 unless it is given. */
  @Test
  void aBatchIsItsImages() throws IOException, OrtException {
    TestModel model = TestModel.of("mobilenet_v2_1.0_224_bn");
    byte[] bytes = CompiledModel.bytes(model);
    String input = model.imported(bytes).inputs().getFirst().name();
    CompiledModel compiled =
        CompiledModel.of(model, CompiledModel.DENSE.withShapes(Map.of(input, Shape.of(3, 3, 224, 224))), folder);
    Map<String, Tensor> inputs = SeededInputs.of(compiled.graph(), 8);
    assertThat(inputs.get(input).shape().dim(0)).isEqualTo(3);
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(bytes)) {
      CompiledModel.assertSame(compiled.run(inputs, 2), peer.run(inputs), TOLERANCE);
    }
    assertReproduces(compiled, model, 3);
  }

  /** What ONNX Runtime made of pictures, in the shared folder: the data sets of that batch. */
  private static void assertReproduces(CompiledModel compiled, TestModel model, int batch) throws IOException {
    String input = compiled.graph().inputs().getFirst().name();
    String output = compiled.graph().outputs().getFirst().name();
    for (Path dataSet : referenceDataSets(model)) {
      Tensor images = TensorFile.read(dataSet.resolve("input_0.pb"));
      if (images.shape().dim(0) == batch) {
        Map<String, Tensor> expected = Map.of(output, TensorFile.read(dataSet.resolve("output_0.pb")));
        CompiledModel.assertSame(compiled.run(Map.of(input, images), 1), expected, TOLERANCE);
      }
    }
  }

  private static List<Path> referenceDataSets(TestModel model) throws IOException {
    Optional<Path> reference = SharedFolder.find("reference/" + model);
    if (reference.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> sets = Files.list(reference.get())) {
      return sets.filter(set -> set.getFileName().toString().startsWith("test_data_set_")).sorted().toList();
    }
  }
}
