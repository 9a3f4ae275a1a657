package dev.lowpass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.frontier.FrontierFile;
import dev.lowpass.cli.frontier.FrontierPoint;
import dev.lowpass.cli.frontier.FrontierPoint.Kind;
import dev.lowpass.cli.frontier.MeasuredOn;
import dev.lowpass.cli.score.PointsLost;
import dev.lowpass.cli.score.Scoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontierCommandTest {
  @TempDir Path folder = Path.of("");

  private Path result(String name, int threads, FrontierPoint... points) throws IOException {
    Path file = folder.resolve(name);
    FrontierFile.write(file, new Frontier(new MeasuredOn("cpu", threads, "net", "set", 10), List.of(points)));
    return file;
  }

  private static FrontierPoint point(String name, Kind kind, double ratio) {
    Scoring scoring =
        new Scoring(
            name,
            10,
            Optional.of(new Scoring.Accuracy(7, 9, 10)),
            Optional.of(new PointsLost(10, 5)),
            OptionalDouble.of(0.9),
            OptionalDouble.of(0.1),
            List.of());
    return FrontierPoint.of(name, kind, 8, 8).measured(ratio, 100 * ratio).scored(scoring);
  }

  private Invocation run(String... arguments) {
    return Invocation.of(folder, arguments);
  }

  @Test
  void severalResultsBecomeOnePicture() throws IOException {
    Path first = result("a.json", 1, point("dense", Kind.DENSE, 1));
    Path second = result("b.json", 1, point("dense", Kind.DENSE, 1), point("cut", Kind.CHOSEN, 0.7));
    Path svg = folder.resolve("frontier.svg");
    Path csv = folder.resolve("frontier.csv");
    Invocation drawn =
        run("frontier", first.toString(), second.toString(), "-o", svg.toString(), "--csv", csv.toString());
    assertThat(drawn.err()).isEmpty();
    assertThat(drawn.out().lines())
        .hasSize(4)
        .anySatisfy(line -> assertThat(line).contains("cut", "chosen", "10.00 ± 5.00"));
    assertThat(svg).content().startsWith("<svg").contains("top-1 accuracy", ">cut</text>");
    assertThat(Files.readAllLines(csv)).hasSize(3);
    Invocation json = run("frontier", first.toString(), second.toString(), "--json");
    assertThat(new ObjectMapper().readTree(json.out()).at("/points")).hasSize(2);
    assertThat(run("frontier", second.toString(), "-o", svg.toString(), "--by", "kl").code()).isZero();
    assertThat(svg).content().contains("KL divergence");
  }

  @Test
  void resultsOfDifferentMachinesAreNotMixed() throws IOException {
    Path first = result("a.json", 1, point("dense", Kind.DENSE, 1));
    Path second = result("b.json", 2, point("dense", Kind.DENSE, 1));
    Path svg = folder.resolve("frontier.svg");
    Invocation mixed = run("frontier", first.toString(), second.toString(), "-o", svg.toString());
    assertThat(mixed.code()).isEqualTo(ExitCode.INPUT);
    assertThat(mixed.err()).startsWith("LP7041 " + second).hasLineCount(1);
    assertThat(svg).doesNotExist();
  }

  @Test
  void aResultIsNotOverwritten() throws IOException {
    Path result = result("a.json", 1, point("dense", Kind.DENSE, 1));
    byte[] before = Files.readAllBytes(result);
    for (String option : new String[] {"-o", "--csv"}) {
      Invocation wrong = run("frontier", result.toString(), option, result.toString());
      assertThat(wrong.code()).isEqualTo(ExitCode.INPUT);
      assertThat(wrong.err()).startsWith("LP7027 ").hasLineCount(1);
    }
    assertThat(Files.readAllBytes(result)).isEqualTo(before);
  }
}
