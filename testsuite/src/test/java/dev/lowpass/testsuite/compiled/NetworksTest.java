package dev.lowpass.testsuite.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.onnxruntime.OrtException;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.testsuite.model.FullBands;
import dev.lowpass.testsuite.model.OnnxRuntimePeer;
import dev.lowpass.testsuite.networks.TestNetworks;
import dev.lowpass.testsuite.networks.TestNetworks.TestNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks that people bring, with seeded weights: compiled, they compute what ONNX Runtime computes. {@code
 * -Donly=yolo} keeps those that have this in their name.
 */
class NetworksTest {
  private static final double TOLERANCE = 1e-4;

  /** Every layer that can have bands has some, whether they pay or not. */
  private static final String ALL_LAYERS =
      Pipelines.standard().toString().replace("choose-forms", "choose-forms{mode=all}");

  /** Networks that are refused, and an operator that the refusal names. One that is no longer refused must leave. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("googlenet", "LRN"),
          Map.entry("convnext_tiny", "LayerNormalization"),
          Map.entry("convnext_tiny_opset20", "LayerNormalization"),
          Map.entry("convnext_tiny_timm", "Erf"),
          Map.entry("convmixer", "Erf"),
          Map.entry("unet_transposed", "ConvTranspose"),
          Map.entry("unet_bilinear", "Resize"),
          Map.entry("unet_nearest", "Resize"),
          Map.entry("unet_volumes", "ConvTranspose"),
          Map.entry("deeplabv3_resnet", "Resize"),
          Map.entry("lraspp_mobilenet_v3", "Resize"),
          Map.entry("ssd_vgg", "Expand"),
          Map.entry("yolo_v3_tiny", "Upsample"),
          Map.entry("yolo_v5", "Resize"),
          Map.entry("yolo_v8", "Resize"),
          Map.entry("espcn", "DepthToSpace"),
          Map.entry("fsrcnn", "ConvTranspose"),
          Map.entry("vit_hybrid", "LayerNormalization"));

  private static final String ONLY = System.getProperty("only", "");

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicNode> networks() {
    return TestNetworks.all().stream()
        .filter(network -> network.name().contains(ONLY))
        .map(network -> dynamicContainer(network.name(), tests(network)));
  }

  private static Stream<DynamicTest> tests(TestNetwork network) {
    DynamicTest ordinary = dynamicTest("is ordinary to ONNX Runtime", () -> assertOrdinary(network));
    return REFUSED.containsKey(network.name())
        ? Stream.of(ordinary, dynamicTest("is refused", () -> assertRefused(network)))
        : Stream.of(
            ordinary,
            dynamicTest("dense", () -> assertAgrees(network, CompiledModel.DENSE)),
            dynamicTest("full bands", () -> assertFullBandsAgree(network)));
  }

  /** Its outputs are neither all alike, nor nearly nothing, nor huge: a comparison of them means something. */
  private static void assertOrdinary(TestNetwork network) throws OrtException {
    expected(network)
        .forEach(
            (name, tensor) -> {
              double[] values = tensor.toDoubles();
              double mean = Arrays.stream(values).average().orElseThrow();
              double squares = Arrays.stream(values).map(each -> (each - mean) * (each - mean)).average().orElseThrow();
              assertThat(Math.sqrt(squares)).as("deviation of %s", name).isBetween(1e-3, 1e2);
            });
  }

  private static void assertRefused(TestNetwork network) {
    assertThatThrownBy(() -> compiled(network, CompiledModel.DENSE))
        .isInstanceOf(LowpassException.class)
        .hasMessageContaining(REFUSED.get(network.name()));
  }

  private static CompiledModel compiled(TestNetwork network, CompileOptions options) throws IOException {
    return CompiledModel.of(network.name(), network.onnx(), options.withShapes(network.inputs()), folder);
  }

  private static SequencedMap<String, Tensor> expected(TestNetwork network) throws OrtException {
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(network.onnx())) {
      return peer.run(network.seededInputs());
    }
  }

  private static CompiledModel assertAgrees(TestNetwork network, CompileOptions options)
      throws IOException, OrtException {
    CompiledModel compiled = compiled(network, options);
    CompiledModel.assertSame(compiled.run(network.seededInputs(), 2), expected(network), TOLERANCE);
    return compiled;
  }

  private static void assertFullBandsAgree(TestNetwork network) throws IOException, OrtException {
    BandsFile bands = FullBands.ofImported(network.imported());
    CompileOptions options = CompiledModel.DENSE.withBands(bands).withPipeline(ALL_LAYERS);
    CompiledModel compiled = assertAgrees(network, options);
    if (!bands.layers().isEmpty()) {
      assertThat(compiled.graph().nodes())
          .as("layers in the frequency domain")
          .anyMatch(node -> !node.type().isSpatial());
    }
  }
}
