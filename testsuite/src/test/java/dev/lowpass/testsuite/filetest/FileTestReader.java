package dev.lowpass.testsuite.filetest;

import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.bands.BandsFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a file test; what it cannot read is an {@link AssertionError} that names the line. */
final class FileTestReader {
  private static final Pattern DIRECTIVE = Pattern.compile("; *(fires|unchanged|[a-z]+(?=:)):? *(.*)");
  private static final Pattern ERROR_AT_END = Pattern.compile("[^;]*\\S[^;]*(; *error:.*)");
  private static final Pattern GRAPH = Pattern.compile("graph\\s+(@[^(]+).*");

  private final String path;
  private final List<String> lines;
  private final List<Section> sections = new ArrayList<>();
  private final List<Directive> header = new ArrayList<>();
  private List<Directive> directives = header;
  private List<String> source = new ArrayList<>();
  private String run = "";
  private String target = "cpu:x86-64-v4";
  private Precision precision = Precision.FLOAT32;
  private final List<String> bands = new ArrayList<>();
  private String name = "";
  private int firstLine = 0;

  private FileTestReader(String path, String text) {
    this.path = path;
    this.lines = text.lines().toList();
  }

  static FileTest read(String path, String text) {
    return new FileTestReader(path, text).read();
  }

  private FileTest read() {
    for (int line = 1; line <= lines.size(); line++) {
      String text = lines.get(line - 1);
      Matcher graph = GRAPH.matcher(text);
      if (graph.matches()) {
        finishSection();
        start(line, graph.group(1));
      }
      Matcher error = ERROR_AT_END.matcher(text);
      if (text.startsWith(";")) {
        directive(line, text);
      } else if (error.matches()) {
        directive(line, error.group(1));
      }
      source.add(text.startsWith(";") ? "" : text);
    }
    finishSection();
    if (run.isEmpty() || sections.isEmpty()) {
      throw new AssertionError(path + ": needs a line '; run: …' and a graph");
    }
    return new FileTest(path, Command.parse(run), Backends.parse(target, precision).machine(), bands(), sections);
  }

  private Optional<BandsFile> bands() {
    return bands.isEmpty()
        ? Optional.empty()
        : Optional.of(BandsFile.parse("bands 1\n" + String.join("\n", bands), path));
  }

  /** Directives of the header hold for every graph. */
  private void start(int line, String graphName) {
    firstLine = line;
    name = graphName;
    directives = new ArrayList<>(header);
    source = new ArrayList<>(Collections.nCopies(line - 1, ""));
  }

  private void finishSection() {
    if (firstLine > 0) {
      sections.add(new Section(firstLine, name, String.join("\n", source) + "\n", directives));
    }
  }

  private void directive(int line, String text) {
    Matcher matcher = DIRECTIVE.matcher(text);
    if (!matcher.matches()) {
      throw new AssertionError("%s:%d: '%s' is no directive; prose begins with //".formatted(path, line, text));
    }
    String value = matcher.group(2).strip();
    if (matcher.group(1).equals("run")) {
      run = value;
    } else if (matcher.group(1).equals("target")) {
      target = value;
    } else if (matcher.group(1).equals("precision")) {
      precision = Precision.of(value).orElseThrow();
    } else if (matcher.group(1).equals("bands")) {
      bands.add(value);
    } else {
      directives.add(directive(line, matcher.group(1), value));
    }
  }

  private Directive directive(int line, String keyword, String value) {
    return switch (keyword) {
      case "check" -> new Directive.Check(line, value);
      case "not" -> new Directive.Not(line, value);
      case "count" -> count(line, value);
      case "error" -> error(line, value);
      case "fires" -> new Directive.Fires(line);
      case "unchanged" -> new Directive.Unchanged(line);
      case "report" -> new Directive.Reported(line, value);
      case "same" -> new Directive.Same(line, value.equals("off") ? Double.POSITIVE_INFINITY : Double.parseDouble(value));
      case "input" -> new Directive.Input(line, assigned(value), numbers(value));
      case "output" -> new Directive.Output(line, assigned(value), numbers(value));
      default -> throw new AssertionError("%s:%d: no directive '%s'".formatted(path, line, keyword));
    };
  }

  private static Directive count(int line, String value) {
    String[] words = value.split(" +");
    return new Directive.Count(line, words[0], Integer.parseInt(words[1]));
  }

  private static Directive error(int line, String value) {
    String[] words = value.split(" +", 2);
    return new Directive.Error(line, words[0], words.length == 1 ? "" : words[1]);
  }

  /** {@code x} of {@code x = 1 2 3}. */
  private static String assigned(String value) {
    return value.substring(0, value.indexOf('=')).strip();
  }

  private static List<Float> numbers(String value) {
    String numbers = value.substring(value.indexOf('=') + 1).strip();
    return numbers.isEmpty() ? List.of() : Pattern.compile("[ ,]+").splitAsStream(numbers).map(Float::valueOf).toList();
  }
}
