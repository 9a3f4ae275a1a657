package dev.lowpass.testsuite.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Convolutions, pools and resizes in random forms, as imported, against ONNX Runtime. */
class WindowsAndGridsTest {
  private static final int FORMS = 300;
  private static final double TOLERANCE = 1e-5;

  @Test
  void convolutions() {
    assertAgree(seed -> RandomForms.convolution(seed, false));
  }

  @Test
  void transposedConvolutions() {
    assertAgree(seed -> RandomForms.convolution(seed, true));
  }

  @Test
  void pools() {
    assertAgree(RandomForms::pool);
  }

  @Test
  void resizes() {
    assertAgree(RandomForms::resize);
  }

  /** What ONNX Runtime refuses is no form; it must not be most of them. */
  private static void assertAgree(LongFunction<RandomForms.Form> forms) {
    long compared = LongStream.range(0, FORMS).filter(seed -> agrees(seed, forms.apply(seed))).count();
    assertThat(compared).isGreaterThan(FORMS * 3 / 4);
  }

  private static boolean agrees(long seed, RandomForms.Form form) {
    Map<String, Tensor> inputs = Map.of("x", form.input());
    Optional<Map<String, Tensor>> expected = expected(form, inputs);
    if (expected.isEmpty()) {
      return false;
    }
    Graph graph = OnnxReader.read(form.model(), "form.onnx", ImportOptions.defaults()).graph();
    Map<String, Tensor> outputs = Interpreter.run(graph, inputs);
    expected
        .orElseThrow()
        .forEach(
            (name, tensor) -> {
              String what = "%s of seed %d: %s".formatted(name, seed, form);
              assertThat(outputs.get(name).type()).as(what).isEqualTo(tensor.type());
              Difference difference = Difference.between(outputs.get(name), tensor);
              assertThat(difference.isWithin(TOLERANCE)).as("%s: %s", what, difference).isTrue();
            });
    return true;
  }

  private static Optional<Map<String, Tensor>> expected(RandomForms.Form form, Map<String, Tensor> inputs) {
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(form.model())) {
      return Optional.of(peer.run(inputs));
    } catch (RuntimeException refused) {
      return Optional.empty();
    }
  }
}
