package dev.lowpass.passes.forms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.cost.Prices;
import dev.lowpass.passes.frequency.PointwiseLayer;
import dev.lowpass.passes.frequency.SharedData;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.GraphIndex;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The frequency passes on MobileNetV2 with real thresholds. */
class MobileNetV2Test {
  private final PassContext context = PassContext.of(Machines.AVX512);
  private final Report report = context.report();

  /**
   * Of the 34 transforms and 34 inverses that wrapping makes, 17 each remain, all on wide sides: the inverse of every
   * expansion and of the last pointwise layer before their activations, the transform of every depthwise result before
   * its projection.
   */
  @Test
  void noTransformRemainsOnABottleneckEdge() throws IOException {
    Graph graph = lowpassed("all");
    GraphIndex index = new GraphIndex(graph);
    List<Node> lowpassed = graph.nodes().stream().filter(node -> !node.type().isSpatial()).toList();
    assertThat(lowpassed.stream().filter(MobileNetV2Test::isProjection)).hasSize(17);
    assertThat(lowpassed.stream().filter(node -> node.op() instanceof Binary)).hasSize(10);
    assertThat(lowpassed)
        .filteredOn(node -> isProjection(node) || node.op() instanceof Binary)
        .allSatisfy(node -> assertThat(index.users(node.result())).noneMatch(MobileNetV2Test::isTransform));
    assertThat(graph.nodes().stream().filter(node -> node.op() instanceof Dct)).hasSize(17);
    assertThat(graph.nodes().stream().filter(node -> node.op() instanceof Idct)).hasSize(17);
  }

  @Test
  void channelsOfEveryLayerAreSorted() throws IOException {
    assertThat(limits(lowpassed("all")))
        .hasSize(34)
        .allSatisfy(limit -> assertThat(limit.limit().orElseThrow().keep().isSorted()).isTrue());
  }

  @Test
  void threeQuartersOfTheMultiplyAddsAreRetained() throws IOException {
    lowpassed("auto");
    assertThat(report.remarks()).anyMatch(text -> text.startsWith("bands retain 0.75 of the pointwise multiply-adds"));
    assertThat(report.decisions()).filteredOn(decision -> !decision.reason().equals("no bands")).hasSize(34);
  }

  /**
   * What pays on one AVX-512 core: nothing on large maps, nor where a projection skips more zeros than its bands save,
   * but the last projection, which has few zeros, and everything at the end.
   */
  @Test
  void chosenFormsFollowTheMeasuredBreakEven() throws IOException {
    lowpassed("auto");
    assertThat(forms("conv03_pw", "conv06_pw")).containsOnly("dense");
    assertThat(forms("conv41_pw", "conv45_pw")).containsOnly("dense");
    assertThat(forms("conv60_pw")).doesNotContain("dense");
    assertThat(forms("conv61_pw")).containsOnly("both");
  }

  /** The choice is made without rewriting; the price that it assumes is that of the graph which it leads to. */
  @Test
  void predictedCostIsThatOfTheGraphThatComesOut() throws IOException {
    for (String mode : List.of("auto", "all", "none")) {
      Graph annotated = annotated();
      Graph chosen = run("choose-forms{mode=" + mode + "}", annotated, PassContext.of(Machines.AVX512));
      List<String> banded = limits(chosen).map(layer -> layer.node().name()).toList();
      double predicted = new FormCosts(annotated, Prices.AVX512).of(new LinkedHashSet<>(banded));
      String simplify = "wrap-pointwise,move-transforms,cancel-transforms,share-transforms,truncate-transforms";
      double price = Prices.AVX512.of(run(simplify, chosen, context));
      assertThat(predicted).as(mode).isCloseTo(price, Percentage.withPercentage(1e-9));
    }
  }

  private Stream<String> forms(String... layers) {
    return report.decisions().stream()
        .filter(decision -> List.of(layers).contains(decision.layer()))
        .map(Report.Decision::form);
  }

  private static Stream<PointwiseLayer> limits(Graph graph) {
    return PointwiseLayer.of(graph).stream().filter(layer -> layer.limit().isPresent());
  }

  /** A linear bottleneck: its projection narrows. */
  private static boolean isProjection(Node node) {
    return node.op() instanceof Pointwise && node.type().shape().dim(1) < node.operand(0).type().shape().dim(1);
  }

  private static boolean isTransform(Node node) {
    return node.op() instanceof Dct || node.op() instanceof Idct;
  }

  private Graph lowpassed(String mode) throws IOException {
    String passes = Pipelines.frequency().toString().replace("choose-forms", "choose-forms{mode=" + mode + "}");
    return run(passes, annotated(), context);
  }

  private Graph annotated() throws IOException {
    Optional<Path> model = SharedData.find("models/mobilenet_v2_1.0_224.onnx");
    Optional<Path> bands = SharedData.find("bands/mobilenet_v2_1.0_224.keep75.bands");
    Assumptions.assumeTrue(model.isPresent() && bands.isPresent(), "the shared models are not beside this checkout");
    Graph graph = OnnxReader.read(model.get(), ImportOptions.defaults()).graph();
    BandsFile file = BandsFile.parse(Files.readString(bands.get()), "keep75.bands");
    return run(Pipelines.canonical() + ",attach-bands", graph, context.with(file));
  }

  private static Graph run(String passes, Graph graph, PassContext context) {
    return PassManager.verifying().run(Pipelines.parse(passes), graph, context);
  }
}
