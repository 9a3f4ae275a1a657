package dev.lowpass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.passes.cost.CostTerm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where prices come from, on the command line and in artifacts. Nothing is measured here. */
class PricesTest {
  private static final String TARGET = "cpu:x86-64-v3";

  @TempDir Path folder = Path.of("");

  private Invocation compile(Path artifact, String... more) {
    String[] line = new String[more.length + 7];
    line[0] = "compile";
    line[1] = ToyModel.write(folder).toString();
    line[2] = "-o";
    line[3] = artifact.toString();
    line[4] = "--target";
    line[5] = TARGET;
    line[6] = "--no-check";
    System.arraycopy(more, 0, line, 7, more.length);
    return Invocation.of(folder, line);
  }

  private Path priceFile(String target) throws IOException {
    StringBuilder text = new StringBuilder("lowpass prices 1\nprocessor Abacus 9, 1 of them\n");
    text.append("target ").append(target).append("\nkernels #0\nmeasured 2026-11-30\n");
    text.append("steps 9\nmedian-error 0.01\nninetieth-error 0.02\n");
    for (CostTerm term : CostTerm.values()) {
      text.append(term.word()).append(" 0.5\n");
    }
    return Files.writeString(folder.resolve("abacus.txt"), text);
  }

  private JsonNode prices(Path artifact) throws IOException {
    String json = Invocation.of(folder, "inspect", artifact.toString(), "--json").out();
    return new ObjectMapper().readTree(json).at("/report/prices");
  }

  @Test
  void withoutAWordTheyAreBuiltInAndTheSameEveryTime() throws IOException {
    Path first = folder.resolve("first.lowpass");
    Path second = folder.resolve("second.lowpass");
    assertThat(compile(first).out()).contains("prices: built in, of ");
    compile(second, "--prices", "built-in");
    assertThat(second).hasSameBinaryContentAs(first);
    assertThat(prices(first).get("source").asText()).startsWith("built in, of ");
    assertThat(prices(first).get("nanoseconds")).hasSize(CostTerm.values().length);
    assertThat(Invocation.of(folder, "inspect", first.toString()).out()).containsPattern("prices +built in, of ");
  }

  @Test
  void thoseOfAFileAreRecorded() throws IOException {
    Path artifact = folder.resolve("toy.lowpass");
    Invocation compiled = compile(artifact, "--prices", priceFile(TARGET).toString(), "--json");
    assertThat(compiled.code()).isEqualTo(ExitCode.OK);
    assertThat(new ObjectMapper().readTree(compiled.out()).at("/prices/source").asText())
        .isEqualTo("measured on Abacus 9 (2026-11-30)");
    assertThat(prices(artifact).get("source").asText()).isEqualTo("measured on Abacus 9 (2026-11-30)");
    assertThat(prices(artifact).at("/nanoseconds/far-weights").asDouble()).isEqualTo(0.5);
  }

  @Test
  void thoseOfAnotherTargetAreRefused() throws IOException {
    Invocation refused = compile(folder.resolve("toy.lowpass"), "--prices", priceFile("cpu:x86-64-v4").toString());
    assertThat(refused.code()).isEqualTo(ExitCode.INPUT);
    assertThat(refused.err()).startsWith("LP4022 cpu:x86-64-v3: these prices are of cpu:x86-64-v4").hasLineCount(1);
  }

  @Test
  void whatIsNoFileOfPricesIsSaidInOneLine() throws IOException {
    Path nonsense = Files.writeString(folder.resolve("nonsense"), "1 apple 0.30");
    Invocation refused = compile(folder.resolve("toy.lowpass"), "--prices", nonsense.toString());
    assertThat(refused.code()).isEqualTo(ExitCode.INPUT);
    assertThat(refused.err()).startsWith("LP4018 " + nonsense + ": not a file of prices: ").hasLineCount(1);
    assertThat(compile(folder.resolve("toy.lowpass"), "--prices", "mesured").err())
        .startsWith("LP4018 mesured: ")
        .contains("there is no such file", "lowpass doctor --measure")
        .hasLineCount(1);
    assertThat(folder.resolve("toy.lowpass")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "doctor --target cpu, LP7033 --target: says what to measure; add --measure",
    "doctor --measure --target abacus, LP4010 abacus: no such target",
    "doctor --measure --target opencl, LP4023 opencl: prices are measured of processors only"
  })
  void whatCannotBeMeasuredIsSaidInOneLine(String line, String message) {
    Invocation refused = Invocation.of(folder, line.split(" "));
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).startsWith(message).hasLineCount(1);
  }
}
