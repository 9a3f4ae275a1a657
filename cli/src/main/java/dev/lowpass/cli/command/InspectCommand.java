package dev.lowpass.cli.command;

import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.option.ShapeOptions;
import dev.lowpass.cli.report.GraphSummary;
import dev.lowpass.cli.report.ManifestText;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.cli.view.DotView;
import dev.lowpass.cli.view.HtmlView;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.ir.text.IrFile;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.runtime.artifact.ArtifactReader;
import dev.lowpass.runtime.artifact.FileLayout;
import dev.lowpass.runtime.artifact.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowpass inspect}: what is inside a file. */
@Command(name = "inspect", description = "Shows what is inside an artifact, an ONNX model or IR text.")
final class InspectCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE|MODEL.onnx|IR", description = "An artifact, a model, or IR text (.ir, .txt).")
  private Path file = Path.of("");

  @Mixin private ShapeOptions shapes = new ShapeOptions();

  @Option(
      names = "--as-imported",
      description = "Show an ONNX model as it is, not in the form that the compiler works on.")
  private boolean asImported;

  @Option(names = "--dot", description = "Print the graph for Graphviz.")
  private boolean dot;

  @Option(names = "--html", description = "Print the graph as a web page that needs nothing else.")
  private boolean html;

  @Mixin private OutputOptions form = new OutputOptions();

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (isArtifact()) {
      if (dot || html) {
        throw new LowpassException("LP7026", file.toString(), "an artifact has kernels and no graph; give the model");
      }
      Manifest manifest = ArtifactReader.read(file, file.toString()).manifest();
      new ManifestText(file.toString(), manifest).print(terminal, form.json());
      return ExitCode.OK;
    }
    Graph graph = graph();
    if (dot) {
      terminal.out().print(new DotView(graph).text());
    } else if (html) {
      terminal.out().print(new HtmlView(graph).text());
    } else {
      new GraphSummary(graph).print(terminal, form.json());
    }
    return ExitCode.OK;
  }

  private boolean isArtifact() throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] magic = FileLayout.magic();
      return file.toString().endsWith(".lowpass") || Arrays.equals(stream.readNBytes(magic.length), magic);
    }
  }

  private Graph graph() throws IOException {
    String name = file.toString();
    if (name.endsWith(".ir") || name.endsWith(".txt")) {
      return IrFile.read(file);
    }
    Graph imported = OnnxReader.read(file, shapes.toImportOptions()).graph();
    return asImported ? imported : PassManager.verifying().run(Pipelines.canonical(), imported, PassContext.of(Machines.AVX512));
  }
}
