package dev.lowpass.testsuite.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real models are made of after canonicalisation: the whole list, so that whatever else is left over shows. */
class CanonicalModelsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ch_ppocr_mobile_v2.0_cls_infer | {add=7, convolution=1, depthwise=11, global_average_pool=10, \
          hard_sigmoid=9, hard_swish=18, max_pool=1, mul=9, pointwise=42, relu=15, reshape=1, softmax=1}
          mobilenet_v1_0.25_128 | {clip=27, convolution=1, depthwise=13, global_average_pool=1, pointwise=14, reshape=1}
          mobilenet_v1_0.75_192 | {clip=27, convolution=1, depthwise=13, global_average_pool=1, pointwise=14, reshape=1}
          mobilenet_v2_1.0_224 | {add=10, clip=35, convolution=1, depthwise=17, global_average_pool=1, \
          pointwise=35, reshape=1}
          mobilenet_v2_1.0_224_bn | {add=10, clip=35, convolution=1, depthwise=17, global_average_pool=1, \
          pointwise=35, reshape=1}
          mobilenet_v2_1.0_224_torchexport | {add=10, clip=35, convolution=1, depthwise=17, global_average_pool=1, \
          pointwise=35, reshape=1}
          """)
  void operators(String name, String expected) throws IOException {
    TestModel model = TestModel.ALL.stream().filter(known -> known.name().equals(name)).findFirst().orElseThrow();
    Optional<byte[]> bytes = model.bytes();
    Assumptions.assumeTrue(bytes.isPresent(), SharedFolder.ABSENT);
    Graph canonical = PassManager.verifying().run(Pipelines.canonical(), model.imported(bytes.get()), PassContext.of(Machines.AVX512));
    assertThat(histogram(canonical)).hasToString(expected);
  }

  private static Map<String, Integer> histogram(Graph graph) {
    Map<String, Integer> counts = new TreeMap<>();
    graph.nodes().forEach(node -> counts.merge(node.op().mnemonic(), 1, Integer::sum));
    counts.remove("constant");
    return counts;
  }
}
