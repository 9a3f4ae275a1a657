package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/gpu-measure.sh} does around its measurements. */
class MeasureScriptTest {
  private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();

  @TempDir Path folder;

  private record Run(int code, String out) {}

  private static Run run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Run(process.waitFor(), out);
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private static Run python(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", "-B", DOCS.resolve(script).toString()));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  @BeforeEach
  void find() {
    for (String program : List.of("bash", "python3")) {
      try {
        assumeTrue(run(program, "--version").code() == 0, () -> program + " does not run");
      } catch (IOException e) {
        assumeTrue(false, program + " is not installed");
      }
    }
  }

  @Test
  void aDryRunSaysAllPartsAndDoesNothing() throws IOException {
    Path out = folder.resolve("results");
    Run dry = run("bash", DOCS.resolve("gpu-measure.sh").toString(), "--dry-run", "--out", out.toString());
    assertThat(dry.code()).isZero();
    assertThat(dry.out().lines().map(line -> line.split(" ")[0]))
        .contains("machine", "check-v2", "check-v2-bands", "check-v1", "check-classifier", "check-resnet50")
        .contains("bench-v2", "copies-v2", "bench-v2-fp16", "bench-v2-bands", "bench-v2-bands-fp16", "bench-resnet50", "peers");
    assertThat(dry.out()).contains("--shape input=128x3x224x224");
    assertThat(out).doesNotExist();
  }

  @Test
  void optionsThatThereAreNot() throws IOException {
    assertThat(run("bash", DOCS.resolve("gpu-measure.sh").toString(), "--fast").code()).isEqualTo(2);
  }

  private void part(String name, String json) throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("parts")).resolve(name + ".json"), json);
  }

  private Run table(String... parts) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(folder.toString()));
    arguments.addAll(List.of(parts));
    return python("gpu-table.py", arguments.toArray(String[]::new));
  }

  /** As commands print them: the first size of several lies flat in what compile says. */
  @Test
  void partsBecomeOneTable() throws IOException {
    part("machine", "{'gpu': {'name': 'a GPU'}}".replace('\'', '"'));
    part("check-v2", "{\"artifact\": \"v2.lowpass\"}");
    part("check-v1", "{\"failed\": 1, \"reason\": [\"LP4020 y: step 1 differs\"]}");
    part(
        "compile-v2",
        """
        {"inputs": [{"shape": [1, 3, 8, 8]}], "work": [{"bytes": 4300000, "multiplyAdds": 10}],
         "moreSizes": [{"inputs": [{"shape": [8, 3, 8, 8]}], "work": [{"bytes": 8600000, "multiplyAdds": 67000000}]}]}
        """);
    part(
        "bench-v2",
        """
        {"sizes": [
          {"inputs": [{"shape": [1, 3, 8, 8]}], "contestants": [{"medianMilliseconds": 0.5}],
           "layers": [{"steps": [{"step": "a [product]", "microseconds": 300}, {"step": "b [dct]", "microseconds": 400}]}]},
          {"inputs": [{"shape": [8, 3, 8, 8]}], "contestants": [{"medianMilliseconds": 2}]}]}
        """);
    part("peers", "{\"measured\": []}\n{\"measured\": [{\"peer\": \"P\", \"model\": \"v2\", \"batch\": 8, \"milliseconds\": 4}]}\n");
    Run table = table("machine", "check-v2", "check-v1", "compile-v2", "bench-v2", "peers", "copies-v2");
    assertThat(table.code()).isZero();
    assertThat(table.out())
        .contains("name a GPU")
        .contains("| v2 | as the interpreter, step by step and as a whole |")
        .contains("| v1 | not checked: LP4020 y: step 1 differs |")
        .contains("| v2 | 1 | 0.500 | 2000 |  | 0.700 | 4 | 0.001 |")
        .contains("| v2 | 8 | 2.000 | 4000 |  |  | 9 | 0.002 |")
        .contains("| P | v2 | 8 | 4.000 | 2000 |")
        .contains("| b [dct] | 400.0 |");
    JsonNode json = new ObjectMapper().readTree(Files.readString(folder.resolve("results.json")));
    assertThat(json.at("/peers/measured/0/milliseconds").asInt()).isEqualTo(4);
    assertThat(json.at("/copies-v2/failed").asText()).isEqualTo("it left nothing");
  }

  @Test
  void aPartThatFailsKeepsWhatItGotTo() throws IOException {
    Path log = Files.writeString(folder.resolve("log"), "first\nlast\n");
    Path out = Files.writeString(folder.resolve("out"), "{\"measured\": [1]}\n{\"measured\": [1, 2]}\n{\"meas");
    Run failed = python("gpu-table.py", "--failed", "124", log.toString(), out.toString());
    JsonNode json = new ObjectMapper().readTree(failed.out());
    assertThat(json.at("/reason").asText()).isEqualTo("out of time");
    assertThat(json.at("/partial/measured")).hasSize(2);
  }

  @Test
  void peersAreAskedInVainWhereThereIsNoTime() throws IOException {
    Run peers = python("gpu-peers.py", "--seconds", "0", "--batches", "1");
    assertThat(peers.code()).isZero();
    JsonNode json = new ObjectMapper().readTree(peers.out().lines().reduce((_, last) -> last).orElseThrow());
    assertThat(json.at("/measured")).isEmpty();
    assertThat(json.at("/leftOut")).isNotEmpty();
  }
}
