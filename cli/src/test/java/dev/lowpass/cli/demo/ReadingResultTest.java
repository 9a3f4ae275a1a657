package dev.lowpass.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.report.Retained;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.runtime.picture.Picture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingResultTest {
  private static final ReadingResult RESULT =
      new ReadingResult(
          List.of(line("exit"), line("a < b")),
          List.of(
              contestant("ONNX Runtime", 4, "exit", "a < b"),
              contestant("dense", 2, "exit", "a < b"),
              contestant("dense, 48x288", 1.5, "ext", "a < b"),
              contestant("low-passed", 1, "exit", "a b")),
          new Retained(1_000_000, 0.7, 0.75));

  private static DrawnLine line(String text) {
    return new DrawnLine(text, new Picture(2, 1, new int[] {0, 0, 0, 255, 255, 255}), false);
  }

  private static ReadingResult.Contestant contestant(String name, double milliseconds, String... texts) {
    return new ReadingResult.Contestant(name, List.of(texts), new Latency(new double[] {milliseconds}));
  }

  @Test
  void countsCharactersLinesAndAgreement() {
    ReadingResult.Contestant lowpassed = RESULT.contestants().getLast();
    assertThat(RESULT.characters(RESULT.peer())).isEqualTo(1);
    assertThat(RESULT.characters(lowpassed)).isEqualTo(1 - 2.0 / 9, within(1e-12));
    assertThat(RESULT.right(lowpassed)).isEqualTo(1);
    assertThat(RESULT.agreeing(lowpassed)).isEqualTo(1);
    assertThat(RESULT.right(RESULT.contestants().get(1))).isEqualTo(2);
  }

  @Test
  void printsATableAndWhatWasRead() {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    new ReadingReport(RESULT).print(new Terminal(writer, writer, false));
    writer.flush();
    assertThat(out.toString())
        .contains("low-passed         77.8 %   50.0 %", "0.250", "a < b  a < b  a b", "bands retain 0.700");
  }

  @Test
  void thePictureShowsLinesAndMarksMistakes() throws IOException {
    String svg = new ReadingPicture(RESULT, 10).svg();
    assertThat(svg).contains("data:image/png;base64,", "a &lt; b", "class=\"wrong\"").isEqualTo(new ReadingPicture(RESULT, 10).svg());
    assertThat(svg.split("class=\"wrong\"")).hasSize(3);
  }
}
