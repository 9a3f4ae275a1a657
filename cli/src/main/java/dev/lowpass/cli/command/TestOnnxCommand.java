package dev.lowpass.cli.command;

import dev.lowpass.cli.conformance.CaseRunner;
import dev.lowpass.cli.conformance.Comparison;
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
import java.util.List;
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

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders with model.onnx and test_data_set_*.")
  private List<Path> folders = List.of();

  @Option(names = "--model", paramLabel = "MODEL.onnx", description = "The model of all folders, which then need none.")
  private @Nullable Path model;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "1e-4",
      description = "Relative L2 difference that passes; default ${DEFAULT-VALUE}.")
  private double tolerance = 1e-4;

  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Mixin private ModelOptions options = new ModelOptions();

  @Mixin private OutputOptions form = new OutputOptions();

  TestOnnxCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    int workers = threads.count();
    CaseRunner runner = new CaseRunner(options.toCompileOptions().withCheck(false), new Comparison(tolerance), workers);
    List<Json> results = new ArrayList<>();
    int passed = 0;
    for (Path folder : folders) {
      Optional<String> failure = failure(runner, folder);
      passed += failure.isEmpty() ? 1 : 0;
      String verdict = failure.isEmpty() ? "passed" : "failed";
      if (!form.json()) {
        terminal.line(verdict + " " + folder + failure.map(reason -> ": " + reason).orElse(""));
      }
      Json result = new Json().with("case", folder.toString()).with("verdict", verdict);
      results.add(result.with("reason", failure.orElse(null)));
    }
    int failed = folders.size() - passed;
    if (form.json()) {
      terminal.line(new Json().with("cases", results).with("passed", passed).with("failed", failed).toString());
    } else {
      terminal.line(passed + " passed, " + failed + " failed");
    }
    return failed == 0 ? ExitCode.OK : ExitCode.INPUT;
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
