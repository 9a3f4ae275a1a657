package dev.lowpass.cli.command;

import dev.lowpass.cli.demo.DemoResult;
import dev.lowpass.cli.demo.Demonstration;
import dev.lowpass.cli.demo.DirectionTraining;
import dev.lowpass.cli.demo.Reading;
import dev.lowpass.cli.demo.ReadingPicture;
import dev.lowpass.cli.demo.ReadingReport;
import dev.lowpass.cli.demo.ReadingResult;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.learning.TrainingProgress;
import dev.lowpass.cli.learning.Yardstick;
import dev.lowpass.cli.option.Checks;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.report.LatencyTable;
import dev.lowpass.cli.report.Quantity;
import dev.lowpass.cli.report.StageBar;
import dev.lowpass.cli.report.Table;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.file.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lowpass demo}: the main job on a model that comes with the build. */
@Command(
    name = "demo",
    description = {
      "Compiles a text-direction classifier dense and low-passed and compares both on drawn text.",
      "The low-passed one comes with the build; 'lowpass demo --learn FILE.onnx' makes it again.",
      "With --read it is a recogniser that reads the text."
    })
final class DemoCommand implements Callable<Integer> {
  /** How many lines are classified, and read, unless the user says. */
  private static final int CLASSIFIED = 1000;

  private static final int READ = 200;

  /** How many of them a picture has. */
  private static final int SHOWN = 10;

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "How many lines to draw; default 1000, of those to read 200.")
  private @Nullable Integer lines;

  @Option(names = "--read", description = "Read what the lines say; takes some minutes.")
  private boolean read;

  @Option(
      names = "--picture",
      paramLabel = "FILE.svg",
      description = "With --read: also draw some lines, and what was read of them.")
  private @Nullable Path picture;

  @Option(names = "--output", paramLabel = "DIR", description = "Keep the model and the artifacts there.")
  private @Nullable Path output;

  @Option(
      names = "--learn",
      paramLabel = "FILE.onnx",
      description =
          "Instead learn the low-passed classifier that comes with the build again, from lines that are drawn, and write"
              + " it to FILE.onnx; takes ten to twenty minutes.")
  private @Nullable Path learnt;

  @Mixin private OutputOptions form = new OutputOptions();

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (lines != null) {
      Checks.atLeastOne("--lines", lines);
    }
    if (picture != null && !read) {
      throw new ParameterException(spec.commandLine(), "--picture is of lines that are read; add --read");
    }
    if (learnt != null) {
      learn(learnt);
    } else if (output != null) {
      show(Files.createDirectories(output));
    } else {
      try (TemporaryFolder folder = TemporaryFolder.create("demo")) {
        show(folder.path());
      }
    }
    return ExitCode.OK;
  }

  private void show(Path folder) throws IOException {
    if (read) {
      read(folder);
    } else {
      demonstrate(folder);
    }
  }

  private void read(Path folder) throws IOException {
    if (picture != null) {
      Checks.mayWrite(picture);
    }
    ReadingResult result;
    try (StageBar bar = new StageBar(terminal, "demo")) {
      result = new Reading(folder, lines == null ? READ : lines, bar).run();
    }
    ReadingReport report = new ReadingReport(result);
    if (form.json()) {
      terminal.line(report.toJson().toString());
    } else {
      report.print(terminal);
    }
    if (picture != null) {
      OutputFile.write(picture, new ReadingPicture(result, SHOWN).svg());
    }
  }

  private void learn(Path onnx) throws IOException {
    Checks.mayWrite(onnx);
    try (StageBar bar = new StageBar(terminal, "learn");
        TemporaryFolder folder = TemporaryFolder.create("demo")) {
      new DirectionTraining(folder.path(), DirectionTraining.Plan.usual(), bar)
          .run(onnx, new TrainingProgress(terminal, bar, Yardstick.ANSWERS));
    }
    terminal.line("written: " + onnx);
  }

  private void demonstrate(Path folder) throws IOException {
    DemoResult result;
    try (StageBar bar = new StageBar(terminal, "demo")) {
      result = new Demonstration(folder, lines == null ? CLASSIFIED : lines, bar).run();
    }
    if (form.json()) {
      terminal.line(toJson(result).toString());
    } else {
      print(result);
    }
  }

  private void print(DemoResult result) {
    terminal.line("Which way up is a line of text? PP-OCR's classifier on drawn lines, half of them upside down.");
    terminal.line("%d lines; latency of one line with one thread, interleaved.".formatted(result.lines()));
    terminal.line("");
    Table table = new Table("", "right", "as ONNX Runtime", "latency", "p10", "p90", "ratio");
    for (DemoResult.Contestant contestant : result.contestants()) {
      table.row(
          LatencyTable.cells(
              contestant.latency(),
              result.peer().latency(),
              contestant.name(),
              Quantity.percent(contestant.right() / (double) result.lines()),
              Quantity.percent(contestant.agreeing() / (double) result.lines())));
    }
    table.print(terminal);
    terminal.line("");
    terminal.line("low-passed: " + result.retained().toText());
    terminal.line(terminal.strong(result.gain()));
    terminal.line(terminal.faint("low-passed has learnt from other lines of this kind ('lowpass demo --learn')"));
  }

  private Json toJson(DemoResult result) {
    List<Json> contestants =
        result.contestants().stream()
            .map(
                contestant ->
                    new Json()
                        .with("name", contestant.name())
                        .with("accuracy", contestant.right() / (double) result.lines())
                        .with("agreement", contestant.agreeing() / (double) result.lines())
                        .with("pointsLost", contestant.lost().points())
                        .with("pointsLostError", contestant.lost().error())
                        .with("medianMilliseconds", contestant.latency().median())
                        .with("ratio", contestant.latency().ratioTo(result.peer().latency())))
            .toList();
    return new Json()
        .with("lines", result.lines())
        .with("contestants", contestants)
        .with("pointwise", result.retained().toJson());
  }
}
