package dev.lowpass.cli.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.cli.frontier.FrontierPoint.Kind;
import dev.lowpass.cli.score.PointsLost;
import dev.lowpass.cli.score.Scoring;
import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrontierFileTest {
  @TempDir Path folder = Path.of("");

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("x.json"), text);
  }

  @Test
  void whatIsWrittenReadsBack() throws IOException {
    Frontier frontier = FrontierFile.read(file(Results.text("result.json")));
    Path again = folder.resolve("again.json");
    FrontierFile.write(again, frontier);
    assertThat(FrontierFile.read(again)).isEqualTo(frontier);
    assertThat(again).hasContent(Results.text("result.json"));
  }

  @Test
  void membersAreWhatTheySay() throws IOException {
    FrontierPoint chosen = FrontierFile.read(file(Results.text("result.json"))).points().get(4);
    Scoring scoring =
        new Scoring(
            "chosen",
            200,
            Optional.of(new Scoring.Accuracy(158, 190, 200)),
            Optional.of(new PointsLost(1, 0.4)),
            OptionalDouble.of(0.95),
            OptionalDouble.of(0.08),
            List.of());
    assertThat(chosen).isEqualTo(FrontierPoint.of("chosen", Kind.CHOSEN, 24, 24).measured(0.6, 1200).scored(scoring));
    FrontierPoint reference = FrontierPoint.of("x", Kind.DENSE, 24, 24).predicted(0.5).scoredAsReference(scoring, true);
    assertThat(reference.pointsLost()).contains(new PointsLost(0, 0));
    assertThat(reference.agreement()).hasValue(1);
    assertThat(reference.divergence()).hasValue(0);
    assertThat(reference.predictedRatio()).hasValue(0.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"frontier\" : 1 | \"frontier\" : 2 | version 2; we read 1",
        "\"frontier\" : 1 | \"frontiers\" : 1 | 'frontier' is missing, or no whole number",
        "\"kind\" : \"peer\" | \"kind\" : \"pear\" | kind 'pear' is none of [dense, bands, chosen, peer]",
        "\"accuracy\" : 0.795 | \"accuracy\" : 79.5 | accuracy 79.5 is more than 1",
        "\"measuredRatio\" : 1.8 | \"measuredRatio\" : -1 | measuredRatio -1.0 is negative",
        "\"measuredRatio\" : 1.8 | \"measuredRatio\" : 1e999 | measuredRatio Infinity is not finite",
        "\"divergence\" : 0.08 | \"divergence\" : \"small\" | 'divergence' is no number",
        "\"name\" : \"chosen\" | \"name\" : \"a\\nb\" | a name that is blank or has characters",
        "\"name\" : \"chosen\" | \"name\" : 3 | 'name' is missing, or no text",
        "\"height\" : 24, | \"height\" : 0, | an input of 0x",
        "\"threads\" : 2 | \"threads\" : 0 | 0 threads",
        "\"points\" | \"point\" | no list 'points'",
        "\"frontier\" : 1 | \"frontier\" 1 | not JSON"
      })
  void brokenFilesAreExplained(String right, String wrong, String message) throws IOException {
    Path file = file(Results.text("result.json").replace(right, wrong));
    assertThatThrownBy(() -> FrontierFile.read(file))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP7040")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"''", "null", "[]", "3", "{}", "{} {}"})
  void otherFilesAreExplained(String text) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> FrontierFile.read(file))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP7040");
  }
}
