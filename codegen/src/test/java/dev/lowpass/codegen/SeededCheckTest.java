package dev.lowpass.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.runtime.Model;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where passes are to drop nothing, what they made must compute what they were given. */
class SeededCheckTest {
  private static final String TEXT =
      """
      graph @two(%x: f32[1, 16, 14, 14]) -> (%y) {
        %w1 = constant f32[24, 16] random(seed = 1)
        %w2 = constant f32[16, 24] random(seed = 2)
        %a = pointwise %x, %w1 loc("a")
        %b = relu %a
        %y = pointwise %b, %w2 loc("b")
      }
      """;

  private static Graph graph(int seed) {
    return IrText.parse(TEXT.replace("seed = 2", "seed = " + seed), "two.ir");
  }

  private static Compilation compiled() {
    return new Compiler().compile(graph(2), CompileOptions.defaults().withCheck(false), Progress.silent());
  }

  private static Optional<BandsFile> bands(int kept) {
    SequencedMap<String, BandLimit> layers = new LinkedHashMap<>();
    layers.put("b", new BandLimit(new Block(7, 7), CoefficientOrder.ZIGZAG, Bands.full(24, kept)));
    return Optional.of(new BandsFile(layers));
  }

  @Test
  void whatPassesMadeIsComparedWithWhatTheyWereGiven() {
    Compilation compilation = compiled();
    assertThatNoException().isThrownBy(() -> SeededCheck.run(compilation, graph(2), Optional.empty()));
    assertThatThrownBy(() -> SeededCheck.run(compilation, graph(3), Optional.empty()))
        .hasMessageStartingWith("LP4021 y: the passes changed what is computed");
    assertThatThrownBy(() -> SeededCheck.run(compilation, graph(3), bands(49))).hasMessageStartingWith("LP4021 y: ");
  }

  /** The artifact is run as a program would run it, and must be what the steps by themselves are. */
  @Test
  void anArtifactOfSomethingElseIsNoticed(@TempDir Path folder) {
    SeededCheck check = SeededCheck.run(compiled(), graph(2), Optional.empty());
    for (int seed = 2; seed <= 3; seed++) {
      Path file = folder.resolve(seed + ".lowpass");
      new Compiler().compile(graph(seed), CompileOptions.defaults().withCheck(false), Progress.silent()).writeTo(file);
      try (Model model = Model.load(file)) {
        if (seed == 2) {
          assertThatNoException().isThrownBy(() -> check.whole(model));
        } else {
          assertThatThrownBy(() -> check.whole(model)).hasMessageStartingWith("LP4020 y: steps by themselves are right");
        }
      }
    }
  }

  /** Nobody knows what a pruned model should compute, but for the graph that it became. */
  @Test
  void whereSomethingIsToBeDroppedItIsNot() {
    Compilation compilation = compiled();
    assertThatNoException().isThrownBy(() -> SeededCheck.run(compilation, graph(3), bands(30)));
  }

  /** A softmax of what is left of huge numbers that should be equal is no bug of whoever rounds. */
  @Test
  void aModelThatRoundingDecidesIsRemarkedOn() {
    String text =
        """
        graph @chaos(%x: f32[1, 96, 4, 4]) -> (%y) {
          %w = constant f32[64, 96] random(seed = 1)
          %huge = constant f32[1, 64, 1, 1] splat(5.3e9)
          %scale = constant f32[1, 96, 1, 1] splat(5.3e9)
          %a = pointwise %x, %w
          %b = mul %a, %huge
          %scaled = mul %x, %scale
          %c = pointwise %scaled, %w
          %v = sub %b, %c
          %y = softmax %v {axis = 1}
        }
        """;
    Compilation compilation =
        new Compiler().compile(IrText.parse(text, "chaos.ir"), CompileOptions.defaults(), Progress.silent());
    assertThat(compilation.report().remarks())
        .anySatisfy(remark -> assertThat(remark).startsWith("output y: rounding alone moves it by "));
  }
}
