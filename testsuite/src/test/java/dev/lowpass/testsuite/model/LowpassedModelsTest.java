package dev.lowpass.testsuite.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Pipeline;
import dev.lowpass.passes.pass.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The frequency passes on real models, without the cost decision: every layer that has a map is low-passed. */
class LowpassedModelsTest {
  private static final double TOLERANCE = 1e-5;

  static List<TestModel> models() {
    return List.of(TestModel.TEXT_DIRECTION, TestModel.of("mobilenet_v1_0.25_128"), TestModel.of("mobilenet_v2_1.0_224"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void withFullBandsAModelComputesWhatOnnxRuntimeComputes(TestModel model) throws IOException {
    byte[] bytes = bytes(model);
    Graph imported = model.imported(bytes);
    Map<String, Tensor> inputs = SeededInputs.of(imported, 7);
    SequencedMap<String, Tensor> outputs = Interpreter.run(lowpassed(imported), inputs);
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(bytes)) {
      peer.run(inputs)
          .forEach(
              (name, expected) -> {
                Difference difference = Difference.between(outputs.get(name), expected);
                assertThat(difference.isWithin(TOLERANCE)).as("%s: %s", name, difference).isTrue();
              });
    }
  }

  /**
   * A transform is left only where a nonlinearity is: after 17 expansions (or the last layer), before 17 projections.
   */
  @Test
  void noTransformIsLeftOnALinearBottleneckOfMobileNetV2() throws IOException {
    TestModel model = TestModel.of("mobilenet_v2_1.0_224");
    Graph graph = lowpassed(model.imported(bytes(model)));
    Map<String, Node> producers = graph.producers();
    Map<String, List<Node>> users = graph.users();
    List<Node> forward = graph.nodes().stream().filter(node -> node.op() instanceof Dct).toList();
    List<Node> inverse = graph.nodes().stream().filter(node -> node.op() instanceof Idct).toList();
    assertThat(forward).hasSize(17).allMatch(dct -> producers.get(dct.operand(0).name()).op() instanceof Clip);
    assertThat(inverse)
        .hasSize(17)
        .allMatch(idct -> users.get(idct.name()).stream().allMatch(user -> user.op() instanceof Clip));
  }

  @Test
  void theThresholdsCalledKeep75RetainThreeQuartersOfTheMultiplyAdds() throws IOException {
    TestModel model = TestModel.of("mobilenet_v2_1.0_224");
    Optional<Path> file = SharedFolder.find("bands/" + model + ".keep75.bands");
    assumeTrue(file.isPresent(), SharedFolder.ABSENT);
    BandsFile bands = BandsFile.parse(Files.readString(file.get()), file.get().toString());
    PassContext context = PassContext.of(Machines.AVX512);
    Report report = context.report();
    PassManager.verifying().run(Pipelines.standard(), model.imported(bytes(model)), context.with(bands));
    double all = report.decisions().stream().mapToDouble(Report.Decision::multiplyAdds).sum();
    double kept = report.decisions().stream().mapToDouble(layer -> layer.retained() * layer.multiplyAdds()).sum();
    assertThat(kept / all).isCloseTo(0.75, within(0.005));
  }

  private static byte[] bytes(TestModel model) throws IOException {
    Optional<byte[]> bytes = model.bytes();
    assumeTrue(bytes.isPresent(), SharedFolder.ABSENT);
    return bytes.get();
  }

  /** The model with every pointwise layer on a map in the frequency domain, all coefficients kept. */
  private static Graph lowpassed(Graph imported) {
    Graph canonical = PassManager.verifying().run(Pipelines.canonical(), imported, PassContext.of(Machines.AVX512));
    Pipeline pipeline = Pipelines.frequency().without("choose-forms");
    return PassManager.verifying().run(pipeline, canonical, PassContext.of(Machines.AVX512).with(FullBands.of(canonical)));
  }
}
