package dev.lowpass.ir.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real models: what is imported computes what ONNX Runtime computed from the file. */
class SharedModelsTest {
  private static Path shared(String path) {
    Optional<Path> found = SharedData.find(path);
    Assumptions.assumeTrue(found.isPresent(), "no shared data: " + path);
    return found.orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v1_0.25_128, mobilenet_v1_0.25_128",
    "mobilenet_v1_0.75_192, mobilenet_v1_0.75_192",
    "mobilenet_v2_1.0_224, mobilenet_v2_1.0_224",
    "mobilenet_v2_1.0_224_bn, mobilenet_v2_1.0_224_bn",
    "mobilenet_v2_1.0_224_torchexport, mobilenet_v2_1.0_224_bn"
  })
  void agreesWithOnnxRuntime(String model, String reference) {
    Path file = shared("models/" + model + ".onnx");
    Path data = shared("reference/" + reference + "/test_data_set_0");
    Tensor input = TensorFile.read(data.resolve("input_0.pb"));
    ImportedModel imported = OnnxReader.read(file, ImportOptions.defaults().withShape("input", input.shape()));
    Tensor result = Interpreter.run(imported.graph(), Map.of("input", input)).get("output");
    Difference difference = Difference.between(result, TensorFile.read(data.resolve("output_0.pb")));
    assertThat(difference.relativeL2()).isLessThan(1e-4);
  }

  @ParameterizedTest
  @CsvSource({"mobilenet_v1_0.25_128, 128", "mobilenet_v2_1.0_224_torchexport, 224"})
  void writtenModelsAreReadAsTheyWere(String model, int extent) {
    ImportOptions options = ImportOptions.defaults().withShape("input", Shape.of(1, 3, extent, extent));
    ImportedModel first = OnnxReader.read(shared("models/" + model + ".onnx"), options);
    Graph second = rewritten(first.graph(), first);
    assertThat(second.nodes().toString()).isEqualTo(first.graph().nodes().toString());
    assertThat(rewritten(second, first)).isEqualTo(second);
  }

  private static Graph rewritten(Graph graph, ImportedModel model) {
    byte[] bytes = OnnxWriter.write(graph, model.metadata());
    return OnnxReader.read(bytes, "written.onnx", ImportOptions.defaults()).graph();
  }
}
