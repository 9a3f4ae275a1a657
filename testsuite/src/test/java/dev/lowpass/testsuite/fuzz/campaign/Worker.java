package dev.lowpass.testsuite.fuzz.campaign;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lowpass.cli.Main;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.codegen.build.DeepStack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that does trials, one a line of its input, and says on one line what came of each. What it cannot say, since
 * it died or hangs, {@link Campaign} sees.
 */
final class Worker {
  /** Begins the lines that are meant for the campaign; native code may write others. */
  static final String MARK = "trial> ";

  /** What a compilation here may cost: otherwise most of the time would go into checking the largest of all maps. */
  private static final List<String> NARROW = List.of("--limit", "check=30000000", "--limit", "memory=268435456");

  private final Seeds seeds;
  private final Path folder;
  private final Path temporary;

  private Worker(Seeds seeds, Path folder, Path temporary) {
    this.seeds = seeds;
    this.folder = folder;
    this.temporary = temporary;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Worker worker = new Worker(Seeds.collect(true), folder, Path.of(System.getProperty("java.io.tmpdir")));
    Files.writeString(folder.resolve("net.ir"), Seeds.NETWORK);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(MARK + "ready");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(MARK + worker.outcome(Trial.parse(line)));
    }
  }

  /** Writes the damaged file of {@code trial} and returns its place. */
  private Path write(Trial trial, Random random) throws IOException {
    return switch (trial.kind()) {
      case ONNX -> Files.write(folder.resolve("model.onnx"), model(random));
      case ARTIFACT ->
          Files.write(folder.resolve("model.lowpass"), ArtifactMutation.of(pick(seeds.artifacts(), random), random));
      case BANDS -> Files.writeString(folder.resolve("some.bands"), damaged(pick(seeds.bands(), random), random));
      case IR -> Files.writeString(folder.resolve("graph.ir"), damaged(pick(seeds.texts(), random), random));
    };
  }

  private byte[] model(Random random) throws InvalidProtocolBufferException {
    byte[] seed = pick(seeds.models(), random);
    return random.nextInt(5) == 0
        ? ByteMutation.of(seed, random)
        : ModelMutation.of(ModelProto.parseFrom(seed), random).toByteArray();
  }

  /** Unpaired surrogates are no text; they become question marks, as the charset's encoder would have them. */
  private static String damaged(String text, Random random) {
    byte[] utf8 = TextMutation.of(text, random).getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private String outcome(Trial trial) throws IOException {
    Random random = new Random(trial.number() * 31 + trial.kind().ordinal());
    Path file = write(trial, random);
    Set<String> before = names();
    List<String> said = new ArrayList<>();
    for (List<String> line : lines(trial.kind(), file.toString(), random)) {
      Run run = run(line);
      Optional<String> fault = run.fault();
      if (fault.isPresent()) {
        return "FAULT " + fault.get() + " [" + String.join(" ", line) + "] " + run.err.strip().replace('\n', '|');
      }
      said.add(run.err.isEmpty() ? "ok" : run.err.substring(0, 6));
      Files.deleteIfExists(folder.resolve("out.lowpass"));
      if (run.code != 0) {
        break;
      }
    }
    Set<String> left = names();
    left.removeAll(before);
    return left.isEmpty() ? String.join(",", said) : "FAULT left " + left;
  }

  /** What is done with the file, each if what is before it went well. */
  private List<List<String>> lines(Kind kind, String file, Random random) {
    boolean deep = random.nextInt(4) == 0;
    String output = folder.resolve("out.lowpass").toString();
    String network = folder.resolve("net.ir").toString();
    return switch (kind) {
      case ONNX ->
          deep ? List.of(List.of("inspect", file), compile(file, output)) : List.of(List.of("inspect", "--json", file));
      case ARTIFACT -> List.of(List.of("inspect", file), List.of("bench", file, "--runs", "1"));
      case BANDS -> List.of(List.of("opt", network, "--bands", file));
      case IR -> List.of(List.of("inspect", file), List.of("opt", "--plan", file));
    };
  }

  private static List<String> compile(String model, String output) {
    List<String> line = new ArrayList<>(List.of("compile", model, "-o", output));
    line.addAll(NARROW);
    return line;
  }

  private record Run(int code, String err) {
    /** What is wrong about how the command ended. */
    Optional<String> fault() {
      if (code != 0 && code != 1) {
        return Optional.of("exit " + code);
      }
      if (code == 1 && !err.matches("LP\\d{4} [^\\n]{1,6100}\\n")) {
        return Optional.of("not one line");
      }
      return err.contains("report this") ? Optional.of("a bug of ours") : Optional.empty();
    }
  }

  private Run run(List<String> line) {
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
    int code = DeepStack.call(() -> Main.run(terminal, folder, line.toArray(String[]::new)));
    return new Run(code, err.toString());
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> own = Files.walk(folder);
        Stream<Path> others = Files.list(temporary)) {
      return Stream.concat(own, others).map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
