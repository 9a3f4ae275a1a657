package dev.lowpass.testsuite.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.verify.Verifier;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The import, the interpreter and the canonical passes on real models: they compute what ONNX Runtime computes. */
class InterpretedModelsTest {
  /** ONNX Runtime computes in single precision: through 50 layers that leaves five good digits. */
  private static final double TOLERANCE = 1e-5;

  static List<TestModel> models() {
    return TestModel.ALL;
  }

  @ParameterizedTest
  @MethodSource("models")
  void importedAndCanonicalModelsComputeWhatOnnxRuntimeComputes(TestModel model) throws IOException {
    Optional<byte[]> bytes = model.bytes();
    assumeTrue(bytes.isPresent(), SharedFolder.ABSENT);
    Graph imported = model.imported(bytes.get());
    Verifier.verify(imported);
    Graph canonical = PassManager.verifying().run(Pipelines.canonical(), imported, PassContext.of(Machines.AVX512));
    Map<String, Tensor> inputs = SeededInputs.of(imported, 7);
    SequencedMap<String, Tensor> expected;
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(bytes.get())) {
      expected = peer.run(inputs);
    }
    assertSame("imported", Interpreter.run(imported, inputs), expected);
    assertSame("canonical", Interpreter.run(canonical, inputs), expected);
  }

  private static void assertSame(String stage, Map<String, Tensor> outputs, SequencedMap<String, Tensor> expected) {
    assertThat(outputs.keySet()).as(stage).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) -> {
          Difference difference = Difference.between(outputs.get(name), tensor);
          assertThat(difference.isWithin(TOLERANCE)).as("%s %s: %s", stage, name, difference).isTrue();
        });
  }
}
