package dev.lowpass.testsuite.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.codegen.CompileOptions;
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
import java.util.ArrayList;
import java.util.HashMap;
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

  /** The batch is open in this model, and 1 unless it is given. */
  private static final TestModel OPEN_BATCH = TestModel.of("mobilenet_v2_1.0_224_bn");

  @TempDir private static Path folder = Path.of("");

  private static final Map<String, CompiledModel> COMPILED = new HashMap<>();

  static List<TestModel> models() {
    return TestModel.ALL;
  }

  private static CompiledModel compiled(TestModel model) throws IOException {
    return compiled(model, CompiledModel.DENSE);
  }

  private static CompiledModel ofThreeImages() throws IOException {
    String input = OPEN_BATCH.imported(CompiledModel.bytes(OPEN_BATCH)).inputs().getFirst().name();
    return compiled(OPEN_BATCH, CompiledModel.DENSE.withShapes(Map.of(input, Shape.of(3, 3, 224, 224))));
  }

  private static CompiledModel compiled(TestModel model, CompileOptions options) throws IOException {
    String key = model + " " + options.shapes();
    if (!COMPILED.containsKey(key)) {
      COMPILED.put(key, CompiledModel.of(model, options, folder));
    }
    return COMPILED.get(key);
  }

  @ParameterizedTest
  @MethodSource("models")
  void agreeWithOnnxRuntime(TestModel model) throws IOException {
    assertAgrees(compiled(model), CompiledModel.bytes(model), 7);
  }

  @Test
  void aBatchIsItsImages() throws IOException {
    CompiledModel compiled = ofThreeImages();
    assertThat(compiled.graph().inputs().getFirst().type().shape().dim(0)).isEqualTo(3);
    assertAgrees(compiled, CompiledModel.bytes(OPEN_BATCH), 8);
  }

  private static void assertAgrees(CompiledModel compiled, byte[] onnx, long seed) {
    Map<String, Tensor> inputs = SeededInputs.of(compiled.graph(), seed);
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(onnx)) {
      Map<String, Tensor> expected = peer.run(inputs);
      CompiledModel.assertSame(compiled.run(inputs, 1), expected, TOLERANCE);
      CompiledModel.assertSame(compiled.run(inputs, 2), expected, TOLERANCE);
    }
  }

  /** What ONNX Runtime made of pictures, in the shared folder. */
  @ParameterizedTest
  @MethodSource("models")
  void reproduceWhatWasMadeOfPictures(TestModel model) throws IOException {
    List<DataSet> sets = dataSets(model, 1);
    assertReproduces(compiled(model), sets);
  }

  @Test
  void aBatchReproducesWhatWasMadeOfPictures() throws IOException {
    List<DataSet> sets = dataSets(OPEN_BATCH, 3);
    assertReproduces(ofThreeImages(), sets);
  }

  private record DataSet(Tensor images, Tensor output) {}

  /** The data sets of so many images; a test that has none is skipped. */
  private static List<DataSet> dataSets(TestModel model, int batch) throws IOException {
    Optional<Path> reference = SharedFolder.find("reference/" + model);
    assumeTrue(reference.isPresent(), () -> "the shared folder, if there is one, has no reference/" + model);
    List<DataSet> found = new ArrayList<>();
    try (Stream<Path> sets = Files.list(reference.get())) {
      for (Path set : sets.filter(each -> each.getFileName().toString().startsWith("test_data_set_")).sorted().toList()) {
        Tensor images = TensorFile.read(set.resolve("input_0.pb"));
        if (images.shape().dim(0) == batch) {
          found.add(new DataSet(images, TensorFile.read(set.resolve("output_0.pb"))));
        }
      }
    }
    assumeTrue(!found.isEmpty(), () -> "reference/%s has no data set of %d image(s)".formatted(model, batch));
    return found;
  }

  private static void assertReproduces(CompiledModel compiled, List<DataSet> sets) {
    String input = compiled.graph().inputs().getFirst().name();
    String output = compiled.graph().outputs().getFirst().name();
    for (DataSet set : sets) {
      CompiledModel.assertSame(compiled.run(Map.of(input, set.images()), 1), Map.of(output, set.output()), TOLERANCE);
    }
  }
}
