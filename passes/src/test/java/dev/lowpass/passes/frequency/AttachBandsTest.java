package dev.lowpass.passes.frequency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachBandsTest {
  private static final String GRAPH =
      """
      graph @two(%x: f32[1, 2, 8, 8]) -> (%q) {
        %v = constant f32[3, 2] random(seed = 1)
        %w = constant f32[2, 3] random(seed = 2)
        %p = pointwise %x, %v loc("block/expand")
        %q = pointwise %p, %w loc("block/project")
      }
      """;

  @Test
  void namedLayersGetTheirThresholdsAndOthersStayDense() {
    Graph graph = attach("layer \"block/project\" block 4x4 order zigzag keep [16, 3*2]", GRAPH);
    assertThat(IrText.print(graph))
        .contains("%p = pointwise %x, %v : ")
        .contains("%q = pointwise %p, %w {block = 4x4, order = zigzag, keep = [16, 3*2]}");
  }

  @Test
  void layersThatReadCoefficientsAreLeftAlone() {
    String frequency = GRAPH.replace("f32[1, 2, 8, 8]", "f32[1, 2, 8, 8] in dct<4x4, zigzag>");
    Graph graph = attach("layer \"block/project\" block 4x4 order zigzag keep [16, 3*2]", frequency);
    assertThat(graph).isEqualTo(IrText.parse(frequency, "two.lpt"));
  }

  @Test
  void bandsOfAnotherModelAreAnError() {
    assertThatThrownBy(() -> attach("layer \"block/other\" block 4x4 order zigzag keep [16]", GRAPH))
        .isInstanceOf(LowpassException.class)
        .hasMessageContaining("LP2110 block/other");
    assertThatThrownBy(() -> attach("layer \"block/project\" block 4x4 order zigzag keep [16*2]", GRAPH))
        .isInstanceOf(LowpassException.class)
        .hasMessageContaining("LP2111 block/project");
  }

  @Test
  void bandsAreForPicturesOfTheirSize() {
    String layers = "input \"x\" 4x4\nlayer \"block/project\" block 4x4 order zigzag keep [16, 3*2]";
    assertThatThrownBy(() -> attach(layers, GRAPH))
        .isInstanceOf(LowpassException.class)
        .hasMessage("LP3013 x: is read as f32[1, 2, 8, 8], but the bands are for 4x4; run shrink-input before");
    BandsFile bands = BandsFile.parse("bands 1\n" + layers + "\n", "two.bands");
    PassContext context = PassContext.of(Machines.AVX512).with(bands);
    assertThat(IrText.print(run(Pipelines.parse("shrink-input,attach-bands"), GRAPH, context)))
        .contains("resize %x", "keep = [16, 3*2]");
  }

  @Test
  void aFileThatThePipelineNamesGoesFirst(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("two.bands");
    Files.writeString(file, "bands 1\nlayer \"block/expand\" block 4x4 order square keep [16, 9]\n");
    BandsFile others = BandsFile.parse("bands 1\nlayer \"block/expand\" block 4x4 order square keep [4, 4]\n", "others");
    PassContext context = PassContext.of(Machines.AVX512).with(others);
    Graph graph = run(Pipelines.parse("attach-bands{file=" + file + "}"), GRAPH, context);
    assertThat(IrText.print(graph)).contains("keep = [16, 9]");
  }

  @Test
  void missingFileIsOneLine(@TempDir Path folder) {
    String passes = "attach-bands{file=" + folder.resolve("none.bands") + "}";
    assertThatThrownBy(() -> Pipelines.parse(passes))
        .isInstanceOf(LowpassException.class)
        .hasMessageContaining("LP3010")
        .hasMessageContaining("none.bands");
  }

  private static Graph attach(String layers, String graph) {
    BandsFile bands = BandsFile.parse("bands 1\n" + layers + "\n", "two.bands");
    return run(Pipelines.parse("attach-bands"), graph, PassContext.of(Machines.AVX512).with(bands));
  }

  private static Graph run(Pipeline pipeline, String graph, PassContext context) {
    return PassManager.verifying().run(pipeline, IrText.parse(graph, "two.lpt"), context);
  }
}
