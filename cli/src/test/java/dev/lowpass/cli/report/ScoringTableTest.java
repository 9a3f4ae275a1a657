package dev.lowpass.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.cli.score.Answer;
import dev.lowpass.cli.score.Comparison;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ScoringTableTest {
  private static final Answer LEFT = Answer.of(new float[] {1, 0});
  private static final Answer RIGHT = Answer.of(new float[] {0, 1});

  /** The reference reads both of two pictures, the model one. */
  private static ScoringTable table(OptionalInt first, OptionalInt second) {
    Comparison reference = Comparison.ofReference("peer");
    Comparison model = Comparison.of("model");
    reference.add(LEFT, LEFT, first);
    model.add(LEFT, LEFT, first);
    reference.add(LEFT, LEFT, second);
    model.add(RIGHT, LEFT, second);
    return new ScoringTable(List.of(model.result(), reference.result()), "peer");
  }

  private static List<String> printed(ScoringTable table) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    table.print(new Terminal(writer, writer, false));
    writer.flush();
    return out.toString().lines().toList();
  }

  /** One-hot answers are probabilities: KL of the second is ln(1 / 1e-12), the error the root of 2 over 2. */
  @Test
  void everythingThatIsKnownHasAColumn() {
    assertThat(printed(table(OptionalInt.of(0), OptionalInt.of(0))))
        .containsExactly(
            "model    top-1    top-5  right     points lost  agreement       KL  error of scores",
            "model   50.0 %  100.0 %  1 of 2  50.00 ± 50.00     50.0 %  13.8155         1.00e+00",
            "peer   100.0 %  100.0 %  2 of 2              -          -        -                -",
            "2 pictures; compared with peer");
  }

  @Test
  void withoutLabelsThereIsNoAccuracy() {
    ScoringTable table = table(OptionalInt.empty(), OptionalInt.empty());
    assertThat(printed(table).getFirst()).isEqualTo("model  agreement       KL  error of scores");
    assertThat(table.toJson().toString()).contains("\"agreement\" : 0.5").doesNotContain("top1", "pointsLost", "null");
  }
}
