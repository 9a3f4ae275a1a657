package dev.lowpass.testsuite.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.testsuite.model.FullBands;
import dev.lowpass.testsuite.model.SharedFolder;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models with bands, every layer that has some in the frequency domain. */
class LowpassedCompilationTest {
  @TempDir private Path folder = Path.of("");

  /** 48x192 is no multiple of 7, so transforms of this model stand alone, on ragged maps. */
  @Test
  void fullBandsOfTheTextDirectionClassifierAreTheDenseModel() throws IOException {
    TestModel model = TestModel.TEXT_DIRECTION;
    assertFullBandsAreDense(model, FullBands.ofImported(model.imported(CompiledModel.bytes(model))));
  }

  @Test
  void fullBandsOfMobileNetV2AreTheDenseModel() throws IOException {
    TestModel model = TestModel.of("mobilenet_v2_1.0_224");
    SequencedMap<String, BandLimit> layers = new LinkedHashMap<>();
    keep75()
        .layers()
        .forEach((layer, limit) -> layers.put(layer, limit.withKeep(Bands.full(limit.keep().channels(), 49))));
    assertFullBandsAreDense(model, new BandsFile(layers));
  }

  /** By the compiler's own check against the interpreter, on the graph that it made of the bands. */
  @Test
  void keep75ComputesItsFinalGraph() throws IOException {
    CompileOptions options = CompiledModel.everyLayerLowpassed(keep75()).withCheck(true);
    CompiledModel compiled = CompiledModel.of(TestModel.of("mobilenet_v2_1.0_224"), options, folder);
    assertThat(compiled.compilation().kernels()).anyMatch(kernel -> kernel.contains("banded product"));
  }

  /** As {@code lowpass compile} does it, with forms chosen by cost. */
  @Test
  void keep75WithChosenFormsComputesItsFinalGraph() throws IOException {
    CompileOptions options = CompileOptions.defaults().withBands(keep75()).withCheck(false);
    CompiledModel compiled = CompiledModel.of(TestModel.of("mobilenet_v2_1.0_224"), options, folder);
    Map<String, Tensor> inputs = SeededInputs.of(compiled.graph(), 9);
    CompiledModel.assertSame(compiled.run(inputs, 2), Interpreter.run(compiled.graph(), inputs), 1e-4);
  }

  private void assertFullBandsAreDense(TestModel model, BandsFile bands) throws IOException {
    CompiledModel lowpassed = CompiledModel.of(model, CompiledModel.everyLayerLowpassed(bands), folder);
    CompiledModel dense = CompiledModel.of(model, CompiledModel.DENSE, folder);
    assertThat(lowpassed.graph().nodes())
        .as("layers in the frequency domain")
        .anyMatch(node -> !node.type().isSpatial());
    Map<String, Tensor> inputs = SeededInputs.of(dense.graph(), 9);
    CompiledModel.assertSame(lowpassed.run(inputs, 2), dense.run(inputs, 2), 1e-4);
  }

  private static BandsFile keep75() throws IOException {
    Optional<Path> file = SharedFolder.find("bands/mobilenet_v2_1.0_224.keep75.bands");
    assumeTrue(file.isPresent(), SharedFolder.ABSENT);
    return BandsFile.parse(Files.readString(file.get()), file.get().toString());
  }
}
