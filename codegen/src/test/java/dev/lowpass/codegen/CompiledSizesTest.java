package dev.lowpass.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.artifact.Tensors;
import dev.lowpass.codegen.build.RunsHere;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.artifact.ArtifactReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs that are one model at several sizes become one artifact with one arena of parameters. */
class CompiledSizesTest {
  /** Two inputs, of which the second is a factor for each channel. */
  private static final String TEXT =
      """
      graph @net(%x: f32[BATCH, 48, HEIGHT, 14], %scale: f32[1, 48, 1, 1]) -> (%y) {
        %w1 = constant f32[96, 48] random(seed = 1)
        %w2 = constant f32[96, 3, 3] random(seed = 2)
        %w3 = constant f32[48, 96] random(seed = 3)
        %scaled = mul %x, %scale
        %a = pointwise %scaled, %w1
        %b = relu %a
        %c = depthwise %b, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %y = pointwise %c, %w3
      }
      """;

  /** Weights as they are in the graph: 4 bytes each. */
  private static final int WEIGHT_BYTES = 4 * (96 * 48 + 96 * 9 + 48 * 96);

  @TempDir private Path folder = Path.of("");

  private static Graph graph(int batch, int height) {
    String text = TEXT.replace("BATCH", String.valueOf(batch)).replace("HEIGHT", String.valueOf(height));
    return IrText.parse(text, "net.ir");
  }

  private static CompiledSizes compile(Graph... sizes) {
    return compile("cpu", sizes);
  }

  private static CompiledSizes compile(String target, Graph... sizes) {
    return new Compiler().compile(List.of(sizes), CompileOptions.defaults().withTarget(target), Progress.silent());
  }

  private Path write(CompiledSizes sizes, String name) {
    Path file = folder.resolve(name);
    sizes.writeTo(file);
    return file;
  }

  @Test
  void eachSizeIsWhatTheReferenceComputes() {
    assertComputed("cpu");
  }

  @Test
  void eachSizeIsWhatTheReferenceComputesOnADevice() {
    RunsHere.assumeOpenCl();
    assertComputed("opencl");
  }

  private void assertComputed(String target) {
    Graph[] graphs = {graph(1, 14), graph(1, 21), graph(3, 14)};
    try (Model model = Model.load(write(compile(target, graphs), "three.lowpass"));
        Session session = model.newSession(SessionOptions.threads(2))) {
      for (int size : new int[] {2, 1, 0, 2, 0, 1}) {
        Map<String, Tensor> inputs = SeededInputs.of(graphs[size], 3);
        Map<String, dev.lowpass.runtime.Tensor> given = new LinkedHashMap<>();
        inputs.forEach((name, tensor) -> given.put(name, Tensors.of(tensor)));
        Tensor computed = Tensors.of(session.run(given).get("y"));
        Difference difference = Difference.between(computed, Interpreter.run(graphs[size], inputs).get("y"));
        assertThat(difference.isWithin(1e-5)).as("size %d: %s", size, difference).isTrue();
      }
    }
  }

  /** These products have the same tiles on both maps, and so the second size finds all that it packs. */
  @Test
  void equalParametersAreStoredOnce() throws IOException {
    CompiledSizes two = compile(graph(1, 14), graph(1, 28));
    assertThat(two.addedParameterBytes(0)).isGreaterThanOrEqualTo(WEIGHT_BYTES);
    assertThat(two.addedParameterBytes(1)).isLessThan(WEIGHT_BYTES / 10);
    Artifact artifact = ArtifactReader.read(write(two, "two.lowpass"), "two");
    assertThat(artifact.parameters().capacity()).isEqualTo(two.manifest().parameterBytes());
    assertThat(artifact.code())
        .containsExactly(two.sizes().get(0).code().sections().code(), two.sizes().get(1).code().sections().code());
    assertThat(two.sizes().get(1).code().sections().parameters())
        .startsWith(two.sizes().get(0).code().sections().parameters());
  }

  @Test
  void compilingTwiceGivesTheSameBytesAndTheOrderIsThatOfTheSizes() throws IOException {
    Path first = write(compile(graph(1, 14), graph(2, 14)), "first.lowpass");
    Path second = write(compile(graph(1, 14), graph(2, 14)), "second.lowpass");
    assertThat(first).hasSameBinaryContentAs(second);
    CompiledSizes reversed = compile(graph(2, 14), graph(1, 14));
    assertThat(reversed.manifest().first().inputs().getFirst().shape()).startsWith(2L);
  }

  @Test
  void oneSizeIsAnArtifactAsBefore() throws IOException {
    Path alone = folder.resolve("alone.lowpass");
    new Compiler().compile(graph(1, 14), CompileOptions.defaults(), Progress.silent()).writeTo(alone);
    assertThat(write(compile(graph(1, 14)), "list.lowpass")).hasSameBinaryContentAs(alone);
    CompiledSizes two = compile(graph(1, 14), graph(2, 14));
    Path first = folder.resolve("first.lowpass");
    two.first().writeTo(first);
    assertThat(first).hasSameBinaryContentAs(alone);
    assertThat(Files.readAllBytes(write(two, "two.lowpass"))).isNotEqualTo(Files.readAllBytes(alone));
  }

  @Test
  void sizesThatNobodyCouldTellApartAreRefused() {
    assertThatThrownBy(() -> compile(graph(1, 14), graph(1, 21), graph(1, 14)))
        .hasMessage(
            "LP4028 net: sizes 1 and 3 both take x: f32[1, 48, 14, 14], scale: f32[1, 48, 1, 1]; leave one out");
    assertThatThrownBy(() -> compile(Collections.nCopies(33, graph(1, 14)).toArray(Graph[]::new)))
        .hasMessage("LP4028 net: 33 sizes; an artifact has at most 32");
  }

  @Test
  void progressGoesOnFromSizeToSize() {
    List<String> stages = new ArrayList<>();
    List<Double> parts = new ArrayList<>();
    new Compiler()
        .compile(
            List.of(graph(1, 14), graph(2, 14)),
            CompileOptions.defaults().withCheck(false),
            (name, done, total) -> {
              stages.add(name);
              parts.add(done / (double) total);
            });
    assertThat(stages).contains("size 1 of 2: plan", "size 2 of 2: plan").endsWith("done");
    assertThat(parts.getLast()).isEqualTo(1);
    assertThat(parts.get(stages.indexOf("size 2 of 2: import"))).isEqualTo(0.5);
  }
}
