package dev.lowpass.cli.command;

import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.frontier.FrontierCsv;
import dev.lowpass.cli.frontier.FrontierFile;
import dev.lowpass.cli.frontier.FrontierPicture;
import dev.lowpass.cli.frontier.FrontierTable;
import dev.lowpass.cli.frontier.Measure;
import dev.lowpass.cli.option.Checks;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.ir.file.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowpass frontier}: accuracy against time, of several results. */
@Command(
    name = "frontier",
    description = {
      "Draws accuracy against measured time: dense at smaller inputs, bands at each size, what was chosen.",
      "Takes one or several results that were measured on the same machine, model and pictures."
    })
final class FrontierCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "RESULT.json", arity = "1..*", description = "Results. Of equal points the first counts.")
  private List<Path> results = List.of();

  @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Write the picture here, as SVG.")
  private @Nullable Path picture;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the numbers here.")
  private @Nullable Path csv;

  @Option(
      names = "--by",
      paramLabel = "accuracy|lost|agreement|kl",
      description =
          "What the picture shows: top-1, points lost, agreement with the original, or KL divergence from it. Default"
              + " is accuracy, or what most points have.")
  private @Nullable Measure measure;

  @Mixin private OutputOptions form = new OutputOptions();

  FrontierCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    List<Frontier.Source> sources = new ArrayList<>();
    for (Path result : results) {
      sources.add(new Frontier.Source(result.toString(), FrontierFile.read(result)));
    }
    Frontier frontier = Frontier.merged(sources);
    if (picture != null) {
      checkNoResult(picture);
      Measure shown = measure == null ? Measure.suiting(frontier) : measure;
      OutputFile.write(picture, new FrontierPicture(frontier, shown).svg());
    }
    if (csv != null) {
      checkNoResult(csv);
      OutputFile.write(csv, FrontierCsv.text(frontier));
    }
    if (form.json()) {
      terminal.line(FrontierFile.toJson(frontier).toString());
    } else {
      new FrontierTable(frontier).print(terminal);
    }
    return ExitCode.OK;
  }

  private void checkNoResult(Path file) throws IOException {
    for (Path result : results) {
      Checks.isNot("one of the results", result, file);
    }
  }
}
