package dev.lowpass.cli.command;

import dev.lowpass.cli.conformance.CaseFolders;
import dev.lowpass.cli.conformance.CaseRunner;
import dev.lowpass.cli.conformance.Comparison;
import dev.lowpass.cli.conformance.KnownFailures;
import dev.lowpass.cli.conformance.TestCase;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.option.ModelOptions;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.option.ThreadsOption;
import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowpass test-onnx}: ONNX backend test cases. */
@Command(
    name = "test-onnx",
    description = "Runs ONNX backend test cases: a line a case, and a last line with the counts.")
final class TestOnnxCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders with model.onnx and test_data_set_*, folders of such, or archives (.tar.gz) of them.")
  private List<Path> folders = List.of();

  @Option(names = "--model", paramLabel = "MODEL.onnx", description = "The model of all folders, which then need none.")
  private @Nullable Path model;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "1e-4",
      description = "Relative L2 difference that passes; default ${DEFAULT-VALUE}.")
  private double tolerance = 1e-4;

  @Option(
      names = "--known",
      paramLabel = "FILE",
      description = "Cases that are known to fail: lines of a name, a tab and a reason. One of them that passes is a failure.")
  private @Nullable Path known;

  @Option(names = "--interpreter", description = "Let the reference interpreter compute, nothing is compiled.")
  private boolean interpreter;

  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Mixin private ModelOptions options = new ModelOptions();

  @Mixin private OutputOptions form = new OutputOptions();

  TestOnnxCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    CaseRunner runner =
        new CaseRunner(
            options.toCompileOptions().withCheck(false), new Comparison(tolerance), threads.count(), interpreter);
    KnownFailures list = known == null ? KnownFailures.none() : KnownFailures.read(known);
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    List<Json> results = new ArrayList<>();
    try (CaseFolders cases = new CaseFolders(folders)) {
      for (CaseFolders.Place place : cases.places()) {
        Optional<String> failure = failure(runner, place.folder());
        Verdict verdict = Verdict.of(failure.isEmpty(), list.reason(place.name()).isPresent());
        counts.merge(verdict, 1, Integer::sum);
        if (!form.json()) {
          terminal.line(verdict + " " + place.name() + failure.map(reason -> ": " + reason).orElse(""));
        }
        Json result = new Json().with("case", place.name()).with("verdict", verdict.toString());
        results.add(result.with("reason", failure.orElse(null)));
      }
    }
    int passed = counts.getOrDefault(Verdict.PASSED, 0);
    int failed = counts.getOrDefault(Verdict.FAILED, 0);
    int listed = counts.getOrDefault(Verdict.KNOWN, 0);
    int better = counts.getOrDefault(Verdict.LISTED, 0);
    if (form.json()) {
      Json counted = new Json().with("cases", results).with("passed", passed).with("failed", failed);
      terminal.line(counted.with("known", listed).with("listed", better).toString());
    } else {
      String outOfDate = better == 0 ? "" : ", %d passed that are listed as failing".formatted(better);
      String expected = listed == 0 ? "" : ", %d failed as listed".formatted(listed);
      terminal.line("%d passed, %d failed%s%s".formatted(passed, failed, expected, outOfDate));
    }
    return failed + better == 0 ? ExitCode.OK : ExitCode.INPUT;
  }

  /** What came of a case. */
  private enum Verdict {
    PASSED("passed"),
    FAILED("failed"),
    KNOWN("failed as listed"),
    LISTED("passed, though listed as failing");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    static Verdict of(boolean passes, boolean isListed) {
      return passes ? isListed ? LISTED : PASSED : isListed ? KNOWN : FAILED;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private Optional<String> failure(CaseRunner runner, Path folder) throws IOException {
    try {
      return runner.failure(TestCase.in(folder, Optional.ofNullable(model)));
    } catch (LowpassException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // A bug of ours fails the case that shows it, and the others still run.
      return Optional.of("a bug of ours, " + String.valueOf(e).lines().findFirst().orElse("unnamed"));
    }
  }
}
