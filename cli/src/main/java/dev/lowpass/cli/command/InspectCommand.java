package dev.lowpass.cli.command;

import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.frontier.FrontierFile;
import dev.lowpass.cli.option.BandsOption;
import dev.lowpass.cli.option.LimitOptions;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.option.ShapeOptions;
import dev.lowpass.cli.page.ArtifactHtml;
import dev.lowpass.cli.page.GraphHtml;
import dev.lowpass.cli.profile.ProfileFile;
import dev.lowpass.cli.report.GraphSummary;
import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.report.ManifestText;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.cli.view.DotView;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.file.InputFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.ImportedModel;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.ir.text.IrFile;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.artifact.ArtifactReader;
import dev.lowpass.runtime.artifact.ArtifactSignature;
import dev.lowpass.runtime.artifact.FileLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lowpass inspect}: what is inside a file. */
@Command(name = "inspect", description = "Shows what is inside an artifact, an ONNX model or IR text.")
final class InspectCommand implements Callable<Integer> {
  private static final List<String> IR_ENDINGS = List.of(".lpt", ".ir", ".txt");

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE|MODEL.onnx|IR",
      description = "An artifact, a model, or IR text (.lpt, .ir, .txt) with any number of graphs.")
  private Path file = Path.of("");

  @Mixin private ShapeOptions shapes = new ShapeOptions();

  @Mixin private LimitOptions limits = new LimitOptions();

  @Option(
      names = "--as-imported",
      description = "Show an ONNX model as it is, not in the form that the compiler works on.")
  private boolean asImported;

  @Option(names = "--dot", description = "Print a graph for Graphviz; an artifact has none.")
  private boolean dot;

  @Option(names = "--html", description = "Print a web page that needs nothing else.")
  private boolean html;

  @Option(
      names = "--profile",
      paramLabel = "FILE.json",
      description = "With --html: times of an artifact's steps, as bench --layers --json prints them.")
  private @Nullable Path profile;

  @Option(
      names = "--frontier",
      paramLabel = "RESULT.json",
      description = "With --html: accuracy against time, as calibrate and learn write it; may be given several times.")
  private List<Path> results = List.of();

  @Mixin private BandsOption bands = new BandsOption();

  @Mixin private OutputOptions form = new OutputOptions();

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (dot && html) {
      throw new ParameterException(spec.commandLine(), "--dot and --html exclude each other; leave one out");
    }
    if (!html && (profile != null || !results.isEmpty() || bands.isGiven())) {
      throw new ParameterException(
          spec.commandLine(), "--profile, --frontier and --bands are for --html; leave them out, or add it");
    }
    if (isArtifact()) {
      if (bands.isGiven()) {
        throw new ParameterException(spec.commandLine(), "an artifact has its bands in it; leave --bands out");
      }
      show(text(ArtifactReader.read(file, file.toString())));
    } else {
      showModel();
    }
    return ExitCode.OK;
  }

  private static ManifestText text(Artifact artifact) {
    Optional<String> signer = artifact.signature().map(signature -> ArtifactSignature.fingerprint(signature.key()));
    return new ManifestText(artifact.place(), artifact.manifest(), signer);
  }

  private void show(ManifestText artifact) throws IOException {
    if (dot) {
      throw new LowpassException(
          "LP7026",
          file.toString(),
          "an artifact has steps and no graph to draw: give --dot the model, or the artifact --html");
    }
    if (html) {
      Optional<ProfileFile> profiles = profile == null ? Optional.empty() : Optional.of(ProfileFile.read(profile));
      profiles.ifPresent(file -> file.requireOf(artifact.place(), artifact.manifest()));
      terminal.out().print(new ArtifactHtml(artifact, profiles, frontier()).text());
    } else {
      artifact.print(terminal, form.json());
    }
  }

  private Optional<Frontier> frontier() throws IOException {
    List<Frontier.Source> sources = new ArrayList<>();
    for (Path result : results) {
      sources.add(new Frontier.Source(result.toString(), FrontierFile.read(result)));
    }
    return sources.isEmpty() ? Optional.empty() : Optional.of(Frontier.merged(sources));
  }

  private void showModel() throws IOException {
    if (profile != null) {
      throw new ParameterException(spec.commandLine(), "--profile has times of an artifact's steps; give the artifact");
    }
    if (isText()) {
      show(IrFile.readAll(file), bands.read());
      return;
    }
    ImportedModel imported = OnnxReader.read(file, shapes.toImportOptions().withLimits(limits.toLimits()));
    PassContext context = PassContext.of(Machines.AVX512);
    Graph graph =
        asImported
            ? imported.graph()
            : PassManager.verifying().run(Pipelines.canonical(), imported.graph(), context);
    show(List.of(graph), html ? bandsOf(imported) : Optional.empty());
  }

  /** The user's, else those in the model's metadata. */
  private Optional<BandsFile> bandsOf(ImportedModel imported) throws IOException {
    return bands.isGiven()
        ? bands.read()
        : imported.bands().map(text -> BandsFile.parse(text, file + " (metadata)"));
  }

  private void show(List<Graph> graphs, Optional<BandsFile> known) throws IOException {
    if (dot) {
      graphs.forEach(graph -> terminal.out().print(new DotView(graph).text()));
    } else if (html) {
      terminal.out().print(new GraphHtml(graphs, known, frontier()).text());
    } else if (form.json()) {
      List<Json> all = graphs.stream().map(graph -> new GraphSummary(graph).toJson()).toList();
      terminal.line((all.size() == 1 ? all.getFirst() : new Json().with("graphs", all)).toString());
    } else {
      for (int i = 0; i < graphs.size(); i++) {
        if (i > 0) {
          terminal.line("");
        }
        new GraphSummary(graphs.get(i)).print(terminal);
      }
    }
  }

  private boolean isText() {
    return IR_ENDINGS.stream().anyMatch(file.toString()::endsWith);
  }

  private boolean isArtifact() throws IOException {
    try (InputStream stream = InputFile.stream(file)) {
      byte[] magic = FileLayout.magic();
      return file.toString().endsWith(".lowpass") || Arrays.equals(stream.readNBytes(magic.length), magic);
    }
  }
}
