package dev.lowpass.testsuite.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.testsuite.model.OnnxRuntimePeer;
import dev.lowpass.testsuite.networks.TestNetworks;
import dev.lowpass.testsuite.networks.TestNetworks.TestNetwork;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks that people bring, with seeded weights: compiled, they compute what ONNX Runtime computes. {@code
 * -Donly='yolo|ssd'} keeps those whose names have one of these in them.
 */
class NetworksTest {
  /** Networks that are refused, and an operator that the refusal names. One that is no longer refused must leave. */
  private static final Map<String, String> REFUSED = Map.of();

  private static final Pattern ONLY = Pattern.compile(System.getProperty("only", ""));

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicNode> networks() {
    return TestNetworks.all().stream()
        .filter(network -> ONLY.matcher(network.name()).find())
        .map(network -> dynamicContainer(network.name(), tests(network)));
  }

  private static Stream<DynamicTest> tests(TestNetwork network) {
    DynamicTest ordinary = dynamicTest("is ordinary to ONNX Runtime", () -> assertOrdinary(network));
    if (REFUSED.containsKey(network.name())) {
      return Stream.of(ordinary, dynamicTest("is refused", () -> assertRefused(network)));
    }
    return Stream.concat(Stream.of(ordinary), compared(network).tests());
  }

  private static ComparedModel compared(TestNetwork network) {
    return new ComparedModel(network.name(), network.onnx(), network.inputs(), _ -> network.seededInputs(), folder);
  }

  /** Its outputs are neither all alike, nor nearly nothing, nor huge: a comparison of them means something. */
  private static void assertOrdinary(TestNetwork network) {
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(network.onnx())) {
      peer.run(network.seededInputs())
          .forEach((name, tensor) -> assertThat(deviation(tensor)).as("deviation of %s", name).isBetween(1e-3, 1e2));
    }
  }

  private static double deviation(Tensor tensor) {
    double[] values = tensor.toDoubles();
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElseThrow());
  }

  private static void assertRefused(TestNetwork network) {
    assertThatThrownBy(() -> compared(network).compiled(CompiledModel.DENSE))
        .isInstanceOf(LowpassException.class)
        .hasMessageContaining(REFUSED.get(network.name()));
  }
}
