package dev.lowpass.cli.command;

import dev.lowpass.cli.data.Npy;
import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.option.InputOptions;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.option.SizeOption;
import dev.lowpass.cli.option.ThreadsOption;
import dev.lowpass.cli.option.TrustOption;
import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.report.OutputText;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.runtime.ModelSize;
import dev.lowpass.runtime.Tensor;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lowpass run}: one inference. */
@Command(
    name = "run",
    description = {
      "Runs an artifact once: on npy files, ONNX tensors or pictures.",
      "One for several sizes runs at the size that the tensors have; pictures are read at its first, or at that of"
          + " --shape."
    })
final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The artifact.")
  private Path artifact = Path.of("");

  @Mixin private InputOptions inputs = new InputOptions();

  @Mixin private SizeOption size = new SizeOption();

  @Option(names = "--output", paramLabel = "DIR", description = "Write every output to DIR as npy.")
  private @Nullable Path output;

  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Mixin private TrustOption trust = new TrustOption();

  @Mixin private OutputOptions form = new OutputOptions();

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    int workers = threads.count();
    if (!inputs.isGiven()) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--input=[NAME=]FILE'");
    }
    if (output != null) {
      // Before the model runs: a wrong name must not cost its results.
      requireFolder(output);
    }
    try (LowpassEngine engine = LowpassEngine.load(artifact.toString(), artifact, workers, trust.toTrust())) {
      List<ModelSize> sizes = size.among(engine.label(), engine.sizes());
      Map<String, Tensor> given = inputs.readAtAny(sizes);
      size.requireOf(sizes.getFirst(), given);
      Map<String, Tensor> results = engine.run(given);
      Map<String, Path> written = output == null ? Map.of() : write(output, results);
      if (form.json()) {
        List<Json> all = new ArrayList<>();
        results.forEach((name, tensor) -> all.add(OutputText.toJson(name, tensor, written.get(name))));
        terminal.line(new Json().with("outputs", all).toString());
      } else {
        results.forEach((name, tensor) -> OutputText.print(name, tensor, terminal));
        written.values().forEach(file -> terminal.line("written: " + file));
      }
    }
    return ExitCode.OK;
  }

  private static void requireFolder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new NotDirectoryException(folder.toString());
    }
  }

  /** File names are made here: what a model calls its outputs may not be one. */
  private static Map<String, Path> write(Path folder, Map<String, Tensor> results) throws IOException {
    Map<String, Path> written = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> result : results.entrySet()) {
      String safe = result.getKey().replaceAll("[^A-Za-z0-9_-]", "_");
      Path file = folder.resolve("output_" + written.size() + "_" + safe + ".npy");
      Npy.write(file, result.getValue());
      written.put(result.getKey(), file);
    }
    return written;
  }
}
