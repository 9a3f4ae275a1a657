package dev.lowpass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lowpass.cli.command.LowpassCommand;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.failure.Failures;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.runtime.LowpassRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Exit codes, and that every error is one line. */
class CommandLineTest {
  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo", "compile", "calibrate", "learn", "run", "bench", "eval", "frontier", "test-onnx", "inspect", "opt",
        "natives", "doctor"
      })
  void everyCommandHasAHelpText(String command) {
    Invocation help = Invocation.of(folder, command, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith("Usage: lowpass " + command).contains("--json", "Exit codes:");
    assertThat(help.err()).isEmpty();
  }

  @Test
  void helpNamesAllCommands() {
    Invocation help = Invocation.of(folder, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("demo", "compile", "calibrate", "learn", "run", "bench", "eval", "frontier", "test-onnx", "inspect")
        .contains("opt", "natives", "doctor");
  }

  @Test
  void passesAskAboutTheMachineOfTheTarget() throws IOException {
    String product = "%w = constant f32[256, 192] random(seed = 1) %p = pointwise %x, %w %y = global_average_pool %p";
    Path file = folder.resolve("product.ir");
    Files.writeString(file, "graph @g(%x: f32[1, 192, 8, 8]) -> (%y) { " + product + " }");
    assertThat(Invocation.of(folder, "opt", "--plan", file.toString()).out()).contains("product + pool");
    assertThat(Invocation.of(folder, "opt", "--plan", "--target", "opencl", file.toString()).out())
        .contains("global_average_pool")
        .doesNotContain("product + pool");
    Invocation unknown = Invocation.of(folder, "opt", "--target", "abacus", file.toString());
    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).startsWith("LP4010 abacus: ").hasLineCount(1);
    Invocation priceless = Invocation.of(folder, "opt", "--prices", file.toString(), file.toString());
    assertThat(priceless.code()).isEqualTo(ExitCode.INPUT);
    assertThat(priceless.err()).startsWith("LP4018 " + file).hasLineCount(1);
  }

  @Test
  void doctorListsExactlyTheTargetsThatCompileAccepts() throws IOException {
    List<String> listed = new ArrayList<>();
    String json = Invocation.of(folder, "doctor", "--json").out();
    for (JsonNode finding : new ObjectMapper().readTree(json).get("findings")) {
      String what = finding.get("what").asText();
      if (what.startsWith("target ")) {
        listed.add(what.substring("target ".length()));
      }
    }
    assertThat(listed).isEqualTo(Backends.all().stream().map(Backend::name).toList());
    // Lines are broken within names too.
    String help = Invocation.of(folder, "compile", "--help").out().replaceAll("\\s+", "");
    assertThat(help).contains(Backends.names());
  }

  @Test
  void withoutACommandItSaysWhichThereAre() {
    Invocation nothing = Invocation.of(folder);
    assertThat(nothing.code()).isEqualTo(ExitCode.USAGE);
    assertThat(nothing.err()).startsWith("LP7002 lowpass: ").contains("compile").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "bench --fast x.lowpass, Unknown option: '--fast'",
    "compile model.onnx, Missing required option: '--output",
    "run x.lowpass, Missing required option: '--input=[NAME=]FILE'",
    "bench --runs many x.lowpass, Invalid value for option '--runs'",
    "bench, Missing required parameter: 'FILE'",
    "natives, Missing required option: '--to=DIR'",
    "frontier, Missing required parameter: 'RESULT.json'",
    "frontier a.json --by speed, Invalid value for option '--by'",
    "eval x.lowpass, Missing required option: '--images=DIR'",
    "calibrate m.onnx -o x.onnx, Missing required option: '--images=DIR'",
    "calibrate m.onnx --images ., Missing required option: '--output=FILE.onnx'",
    "learn m.onnx -o x.onnx --time 0.5, Missing required option: '--train=DIR'",
    "learn m.onnx -o x.onnx --train ., Missing required option: '--time=PART'",
    "run x.lowpass --input y --channels RBG, Invalid value for option '--channels'",
    "run x.lowpass --input y --filter lanczos, Invalid value for option '--filter'",
    "run x.lowpass --input y --mean grey, Invalid value for option '--mean'",
    "opt, an IR file is missing",
    "fly, no command 'fly'; the nearest is",
    "compile m.onnx more -o x, Unmatched argument at index 2: 'more'",
    "compile m.onnx -o x --bandz=y, Unknown option: '--bandz'; the nearest is '--bands'"
  })
  void wrongUsageIsOneLineAndTwo(String line, String message) {
    Invocation wrong = Invocation.of(folder, line.split(" "));
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).startsWith("LP7002 lowpass").contains(message, "--help").hasLineCount(1);
    assertThat(wrong.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense --help, no command 'nonsense'; the nearest is '",
    "--help nonsense, no command 'nonsense'; the nearest is '",
    "compil --help, no command 'compil'; the nearest is 'compile'",
    "benhc --version, no command 'benhc'; the nearest is 'bench'",
    "help nonsense, no command 'help'; the nearest is '",
    "--nonsense --help, Unknown option: '--nonsense'",
    "compile --nonsense --help, Unknown option: '--nonsense'; the nearest is '--",
    "compile --help --targte=cpu, Unknown option: '--targte'; the nearest is '--target'",
    "doctor --help more, Unmatched argument at index 2: 'more'"
  })
  void askingForHelpDoesNotExcuseAnUnknownWord(String line, String message) {
    wrongUsageIsOneLineAndTwo(line, message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench missing.lowpass",
        "run missing.lowpass --input x.npy",
        "inspect missing.onnx",
        "inspect missing.lowpass",
        "opt missing.ir",
        "compile missing.onnx -o out.lowpass",
        "compile model.onnx -o out.lowpass --bands missing.bands",
        "eval x.lowpass --images . --labels missing.tsv",
        "frontier missing.json",
        "eval x.lowpass --images missing",
        "eval x.lowpass --images missing --labels folders",
        "eval x.lowpass --images . --labels missing --scale 0",
        "test-onnx --model missing.onnx missing"
      })
  void aMissingFileIsOneLineAndOne(String line) throws IOException {
    Invocation missing = Invocation.of(folder, line.split(" "));
    assertThat(missing.code()).isEqualTo(ExitCode.INPUT);
    assertThat(missing.err()).contains("missing").matches("LP[0-9]{4} [^\\n]+\\n");
    assertNothingLeftBehind();
  }

  @ParameterizedTest
  @CsvSource({
    "bench x.lowpass --runs 0, LP7023 --runs: 0 is too small",
    "bench x.lowpass --threads -1, LP7023 --threads: -1 is too small",
    "compile m.onnx -o x --shape input=3xx, LP7022 --shape input=3xx: not of the form",
    "compile m.onnx -o x --shape 1x3, LP7022 --shape 1x3: not of the form",
    "compile m.onnx -o x --shape x=99999x99999x99999x99999, LP7022",
    "compile m.onnx -o x --limit nodes=0, LP7034 --limit nodes=0: nodes is a number of nodes from 1 to",
    "compile m.onnx -o x --limit nodes=many, LP7034 --limit nodes=many: 'many' is no number",
    "compile m.onnx -o x --limit noses=3, LP7034 --limit noses=3: not of the form NAME=N",
    "compile m.onnx -o x --target abacus, LP4010 abacus: no such target",
    "opt net.ir --passes no-such-pass, LP3001 no-such-pass"
  })
  void aWrongValueIsOneLineAndTwo(String line, String message) throws IOException {
    Invocation wrong = Invocation.of(folder, line.split(" "));
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains(message).matches("LP[0-9]{4} [^\\n]+\\n");
    assertNothingLeftBehind();
  }

  /** These are checked once there is a table; none of them comes as far as the model. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--scale 0 | LP7023 --scale, --mean: a scale of 0",
        "--mean 1,2 | LP7023 --scale, --mean: 2 numbers for the mean; 1 or 3",
        "--scale 1,NaN,2 | LP7023 --scale, --mean: scale [1.0, NaN, 2.0] is not finite",
        "--resize crop:0 | LP7023 --resize: 'crop:0' is none of stretch, crop, crop:N, pad"
      })
  void pictureOptionsThatMakeNoSenseAreOneLineAndTwo(String options, String message) throws IOException {
    Path table = Files.writeString(folder.resolve("labels.txt"), "0\tx.png\n");
    String line = "eval x.lowpass --images . --labels " + table + " " + options;
    Invocation wrong = Invocation.of(folder, line.split(" "));
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).startsWith(message).matches("LP[0-9]{4} [^\\n]+\\n");
  }

  @Test
  void aBugIsSeventyAndLeavesAReproducer() throws IOException {
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
    Failures failures = new Failures(terminal, folder, "crash", "it's");
    CommandLine line = LowpassCommand.line(terminal, failures).addSubcommand(new Crash());
    int code = line.execute("crash", "it's");
    assertThat(code).isEqualTo(ExitCode.BUG);
    Path reproducer = onlyFile();
    assertThat(err.toString())
        .startsWith("LP7070 lowpass: a bug of ours (index 3 of 2)")
        .contains(reproducer.toString())
        .doesNotContain("\tat ")
        .hasLineCount(1);
    assertThat(Files.readString(reproducer))
        .contains("command: lowpass crash 'it'\\''s'", "jvm: Java ", "IllegalStateException: index 3 of 2", "\tat ");
  }

  /** So it was where the user's cache could not be written. */
  @Test
  void nativesThatDoNotLoadAreNoBugOfOurs() throws IOException {
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
    LowpassRuntimeException problem = new LowpassRuntimeException(5010, "natives", "cannot be written to the cache");
    int code = new Failures(terminal, folder).exitCode(new ExceptionInInitializerError(problem));
    assertThat(code).isEqualTo(ExitCode.INPUT);
    assertThat(err.toString()).isEqualTo("LP5010 natives: cannot be written to the cache\n");
    assertNothingLeftBehind();
  }

  private void assertNothingLeftBehind() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      List<Path> files = left.toList();
      assertThat(files).hasSize(1);
      return files.getFirst();
    }
  }

  @Command(name = "crash")
  private static final class Crash implements Runnable {
    @CommandLine.Parameters private String word = "";

    @Override
    public void run() {
      throw new IllegalStateException("index 3 of 2\nmore of " + word);
    }
  }
}
