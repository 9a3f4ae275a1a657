package dev.lowpass.passes.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.frequency.SharedData;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DropDeadChannelsTest {
  private static final String FIRST_BLOCK =
      """
      graph @block(%x: f32[1, 1, 6, 6]) -> (%y) {
        %w = constant f32[4, 1, 3, 3] [1.0*9, 0.0*9, 2.0*9, 0.0*9]
        %b = constant f32[4] [0.0, -1.0, 0.5, 7.0]
        %f = constant f32[4, 3, 3] [1.0*9, 1.0*9, -1.0*9, 1.0*9]
        %g = constant f32[4] [0.0, 0.0, 3.0, -54.5]
        %m = constant f32[3, 4] [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
        %c = convolution %x, %w, %b {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %r = clip %c {min = 0.0, max = 6.0}
        %d = depthwise %r, %f, %g {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %s = clip %d {min = 0.0, max = 6.0}
        %y = pointwise %s, %m
      }
      """;

  /** Channel 1 is zero from the first activation on, channel 3 is 6 there and zero from the second on. */
  @Test
  void rowsFiltersAndColumnsOfDeadChannelsGo() {
    Graph graph = run("drop-dead-channels{granularity=1}", IrText.parse(FIRST_BLOCK, "block.lpt"), PassContext.of(Machines.AVX512));
    assertThat(numbers(graph, "w.live")).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2);
    assertThat(numbers(graph, "b.live")).containsExactly(0, 0.5);
    assertThat(numbers(graph, "f.live")).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    assertThat(numbers(graph, "g.live")).containsExactly(0, 3);
    assertThat(numbers(graph, "m.live")).containsExactly(1, 3, 5, 7, 9, 11);
  }

  @Test
  void deadChannelsFillUpTheLastMultiple() {
    PassContext context = PassContext.of(Machines.AVX512);
    Graph graph = run("drop-dead-channels{granularity=3}", IrText.parse(FIRST_BLOCK, "block.lpt"), context);
    assertThat(numbers(graph, "m.live")).containsExactly(1, 2, 3, 5, 6, 7, 9, 10, 11);
    assertThat(context.report().remarks()).containsExactly("y: dropped 1 of 4 input channels, which are always zero");
  }

  @Test
  void granularityIsPositive() {
    assertThatThrownBy(() -> Pipelines.parse("drop-dead-channels{granularity=0}"))
        .isInstanceOf(LowpassException.class)
        .hasMessage("LP3004 drop-dead-channels: option granularity is '0'; it is an integer of 1 or more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mobilenet_v1_0.25_128 | conv02_pw: 2 of 8, conv04_pw: 1 of 16
          mobilenet_v1_0.75_192 | conv02_pw: 5 of 24, conv04_pw: 3 of 48, conv06_pw: 1 of 96
          mobilenet_v2_1.0_224 | conv02_pw: 8 of 32, conv08_pw: 1 of 144
          mobilenet_v2_1.0_224_bn | conv02_pw: 8 of 32, conv08_pw: 1 of 144
          """)
  void deadChannelsOfRealModels(String model, String dropped) throws IOException {
    PassContext context = PassContext.of(Machines.AVX512);
    run("drop-dead-channels{granularity=1}", canonical(model), context);
    assertThat(context.report().remarks())
        .containsExactlyElementsOf(
            List.of(dropped.split(", ")).stream()
                .map(layer -> layer.replace(": ", ": dropped ") + " input channels, which are always zero")
                .toList());
  }

  @Test
  void aRealModelComputesTheSame() throws IOException {
    Graph graph = canonical("mobilenet_v1_0.25_128");
    Graph smaller = run("drop-dead-channels{granularity=1}", graph, PassContext.of(Machines.AVX512));
    assertThat(smaller).isNotEqualTo(graph);
    SequencedMap<String, Tensor> inputs = SeededInputs.of(graph, 1);
    assertThat(Interpreter.run(smaller, inputs)).isEqualTo(Interpreter.run(graph, inputs));
  }

  private static double[] numbers(Graph graph, String constant) {
    return new GraphIndex(graph).constant(graph.producers().get(constant).result()).orElseThrow().toDoubles();
  }

  private static Graph canonical(String model) throws IOException {
    Optional<Path> file = SharedData.find("models/" + model + ".onnx");
    Assumptions.assumeTrue(file.isPresent(), "the shared models are not beside this checkout");
    // This one leaves its batch open.
    ImportOptions options =
        model.endsWith("_bn")
            ? ImportOptions.defaults().withShape("input", Shape.of(1, 3, 224, 224))
            : ImportOptions.defaults();
    Graph imported = OnnxReader.read(file.get(), options).graph();
    return run(Pipelines.canonical().toString(), imported, PassContext.of(Machines.AVX512));
  }

  private static Graph run(String passes, Graph graph, PassContext context) {
    return PassManager.verifying().run(Pipelines.parse(passes), graph, context);
  }
}
