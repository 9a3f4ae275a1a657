package dev.lowpass.testsuite.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.ir.text.IrText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process whose surroundings are not what a developer's are: no home, no place for a cache, another locale, outputs
 * that take nothing, signals. None of it is a bug of ours, and all of it says what to do.
 */
class EnvironmentTest {
  private static final String WRITABLE = "set LOWPASS_CACHE to a folder that can be written";

  @TempDir private static Path made = Path.of("");
  @TempDir private Path folder = Path.of("");

  private static Path model = Path.of("");
  private static Path artifact = Path.of("");
  private Child child = new Child(Path.of(""));

  @BeforeAll
  static void compile() {
    Graph graph = IrText.parse("graph @g(%x: f32[1, 3, 8, 8]) -> (%y) { %y = relu %x }", "g.ir");
    model = made.resolve("model.onnx");
    OnnxWriter.write(graph, new LinkedHashMap<>(), model);
    artifact = made.resolve("model.lowpass");
    new Compiler().compile(graph, CompileOptions.defaults(), Progress.silent()).writeTo(artifact);
  }

  @BeforeEach
  void place() throws IOException {
    child = new Child(Files.createDirectories(folder.resolve("child")));
  }

  private void assertNoTemporaryFiles() throws IOException {
    try (Stream<Path> left = Files.list(child.folder().resolve("tmp"))) {
      assertThat(left.filter(path -> !path.getFileName().toString().startsWith("hsperfdata")))
          .as("temporary files")
          .isEmpty();
    }
  }

  private List<String> bench(String... options) throws IOException {
    return child.line(List.of(options), "bench", artifact.toString(), "--runs", "1");
  }

  /** Another place is taken, but for a compiler's natives not memory: they are hundreds of megabytes. */
  @Test
  void aCacheThatCannotBeWritten() throws Exception {
    Map<String, String> environment = Map.of("LOWPASS_CACHE", "/dev/null/cache", "XDG_CACHE_HOME", "");
    Child.End run = child.end(child.start(environment, bench("-Duser.home=?")));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    Child.End refused = child.end(child.start(environment, bench("-Duser.home=?", "-Djava.io.tmpdir=/proc/self")));
    refused.assertRefused(ExitCode.INPUT, "LP5010 natives: no place for them: ");
    assertThat(refused.err()).contains(WRITABLE);
  }

  @Test
  void aCacheFromWhichNoCodeRuns() throws Exception {
    Path mounted = Files.createDirectories(folder.resolve("noexec"));
    List<String> line = new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c"));
    line.add("mount -t tmpfs -o noexec,size=600m tmpfs " + mounted + " || exit 99; exec \"$@\"");
    line.add("sh");
    line.addAll(bench("-Duser.home=?"));
    Child.End run = child.end(child.start(Map.of("LOWPASS_CACHE", mounted.toString(), "XDG_CACHE_HOME", ""), line));
    assumeThat(run.code()).as("this machine lets its users mount").isNotIn(1, 99);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  /** As containers have them, whose user is a number that no file names. */
  @Test
  void aUserWithoutAHome() throws Exception {
    Map<String, String> environment = Map.of("HOME", "", "LOWPASS_CACHE", "", "XDG_CACHE_HOME", "");
    List<String> line = child.line(List.of("-Duser.home=?"), "bench", artifact.toString(), "--runs", "1");
    Child.End run = child.end(child.start(environment, line));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(child.folder().resolve("?")).doesNotExist();
    Path temporary = child.folder().resolve("tmp");
    Path cache;
    try (Stream<Path> found = Files.list(temporary)) {
      cache = found.filter(path -> path.getFileName().toString().startsWith("lowpass-cache-")).findFirst().orElseThrow();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache))).isEqualTo("rwx------");

    // Somebody else could have put code there.
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    Child.End refused = child.end(child.start(environment, line));
    refused.assertRefused(ExitCode.INPUT, "LP5010 natives: no place for them: ");
    assertThat(refused.err()).contains("others may write to it", WRITABLE);
  }

  @Test
  void aLocaleWithoutLetters() throws Exception {
    Path named = Files.copy(model, folder.resolve("model-\u00e9\u4e2d.onnx"));
    child.run(Map.of("LC_ALL", "C"), "inspect", named.toString())
        .assertRefused(ExitCode.USAGE, "LP7005 lowpass: an argument has letters that the locale does not know");
    Child.End read = child.run(Map.of("LC_ALL", "C.UTF-8"), "inspect", named.toString());
    assertThat(read.err()).isEmpty();
    assertThat(read.code()).isZero();
  }

  /** What both launchers share finds a JDK, and sees to the locale of what it starts. */
  @Test
  void theLauncherNeedsNoHomeAndNoLocale() throws Exception {
    Path program = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(program, "#!/bin/sh\necho $LC_ALL\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    String script =
        "set -euo pipefail\nsource '%s'\nfind_jdk java\nlaunch '%s' nothing doctor\n"
            .formatted(launcher(), folder.resolve("jdk"));
    Path part = Files.writeString(folder.resolve("part.sh"), script);
    ProcessBuilder builder = new ProcessBuilder("bash", part.toString()).redirectErrorStream(true);
    String java = System.getProperty("java.home");
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", java, "LC_ALL", "C"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    assertThat(out.lines()).containsExactly(java, "C.UTF-8");
  }

  private static Path launcher() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("lowpass"))) {
      at = at.getParent();
    }
    return at.resolve("cli/src/main/distribution/lib/launch.sh");
  }

  @ParameterizedTest
  @ValueSource(strings = {">/dev/full", ">&-"})
  void outputThatTakesNothing(String redirection) throws Exception {
    for (String command : List.of("inspect", "inspect --json", "inspect --html")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.add(model.toString());
      child.runInShell(redirection, words.toArray(String[]::new))
          .assertRefused(ExitCode.INPUT, "LP7001 input or output: not all results could be written");
    }
  }

  /** Kernels enough for a signal to come while they are compiled. */
  private static Path largeModel(Path folder) {
    String layers =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    "%%w%d = constant f32[%d, %d, 3, 3] random(seed = %1$d)\n%%v%d = convolution %%v%d, %%w%1$d {kernel = [3, 3]}\n"
                        .formatted(i, i + 4, i + 3, i + 1, i))
            .collect(Collectors.joining());
    Path large = folder.resolve("large.onnx");
    String text = "graph @g(%v0: f32[1, 3, 96, 96]) -> (%v40) {\n" + layers + "}\n";
    OnnxWriter.write(IrText.parse(text, "large.ir"), new LinkedHashMap<>(), large);
    return large;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void aSignalLeavesNothing(String signal) throws Exception {
    assumeFalse(isIgnored(signal), () -> "SIG" + signal + " is ignored by whoever started this build, as nohup does");
    Path outputs = Files.createDirectories(folder.resolve("outputs"));
    Path temporary = Files.createDirectories(child.folder().resolve("tmp"));
    List<String> line =
        child.line(List.of(), "compile", largeModel(folder).toString(), "-o", outputs.resolve("x.lowpass").toString());
    Process process = child.start(Map.of(), line);
    long start = System.nanoTime();
    while (isEmpty(temporary, "lowpass-build") && process.isAlive() && System.nanoTime() - start < 60_000_000_000L) {
      Thread.sleep(5);
    }
    assertThat(process.isAlive()).as("compiling").isTrue();
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor(10, TimeUnit.SECONDS);
    Child.End end = child.end(process);
    assertThat(end.code()).isNotZero();
    assertThat(end.out() + end.err()).isEmpty();
    assertThat(isEmpty(temporary, "lowpass-")).isTrue();
    assertThat(outputs).isEmptyDirectory();
  }

  /** Whether processes are started with {@code signal} ignored: they inherit that. */
  private static boolean isIgnored(String signal) throws IOException {
    int number = Map.of("HUP", 1, "INT", 2, "TERM", 15).get(signal);
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .anyMatch(ignored -> (ignored >> (number - 1) & 1) == 1);
    }
  }

  private static boolean isEmpty(Path folder, String prefix) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.noneMatch(path -> path.getFileName().toString().startsWith(prefix));
    }
  }

  @Test
  void pipesAndDevicesAreNotTakenForFiles() throws Exception {
    String pipe = folder.resolve("pipe").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    Path own = Files.createDirectories(folder.resolve("own"));
    String output = own.resolve("out.lowpass").toString();
    Attempt.in(own, "inspect", pipe).assertRefused("LP7001 " + pipe + ": is a pipe or a device");
    Attempt.in(own, "compile", pipe, "-o", output).assertRefused("LP1002 " + pipe);
    Attempt.in(own, "compile", model.toString(), "--bands", pipe, "-o", output).assertRefused("LP7001 " + pipe);
    Attempt.in(own, "compile", model.toString(), "--prices", pipe, "-o", output).assertRefused("LP4018 " + pipe);
    Attempt.in(own, "opt", pipe).assertRefused("LP7001 " + pipe);
    Attempt.in(own, "bench", pipe).assertRefused("LP5001 " + pipe);
    Attempt.in(own, "run", artifact.toString(), "--input", pipe).assertRefused("LP7001 " + pipe);
    Attempt.in(own, "frontier", pipe).assertRefused("LP7001 " + pipe);
    for (String place : List.of(pipe, "/dev/full", "/dev/null", own.toString())) {
      Attempt.in(own, "compile", model.toString(), "-o", place).assertRefused("LP7001 " + place + ": is a");
    }
    assertThat(Files.isRegularFile(Path.of("/dev/full"))).isFalse();
  }

  @Test
  void resultsNeedAFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    Attempt.in(child.folder(), "run", artifact.toString(), "--input", "x.npy", "--output", file.toString())
        .assertRefused("LP7001 " + file + ": is no folder");
    assertThat(file).hasContent("text");
  }
}
