package dev.lowpass.cli;

import dev.lowpass.cli.data.InputFiles;
import dev.lowpass.cli.data.Npy;
import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowpass run}: one inference. */
@Command(name = "run", description = "Runs an artifact once: on npy files, ONNX tensors or pictures.")
final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "The artifact.")
  private Path artifact = Path.of("");

  @Option(
      names = "--input",
      paramLabel = "[NAME=]FILE",
      required = true,
      description = "What an input gets: x.npy, x.pb or a picture. The name may be left out where there is one input.")
  private List<String> inputs = new ArrayList<>();

  @Option(names = "--output", paramLabel = "DIR", description = "Write every output to DIR as npy.")
  private @Nullable Path output;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Workers; default ${DEFAULT-VALUE}.")
  private int threads = 1;

  @Mixin private NormalizationOptions normalization = new NormalizationOptions();

  @Mixin private OutputOptions form = new OutputOptions();

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Checks.threads(threads);
    try (LowpassEngine engine = LowpassEngine.load(artifact.toString(), artifact, threads)) {
      Map<String, Tensor> results = engine.run(read(engine.inputs()));
      Map<String, Path> written = output == null ? Map.of() : write(output, results);
      if (form.json) {
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

  private Map<String, Tensor> read(List<TensorSpec> specs) throws IOException {
    InputFiles files = new InputFiles(normalization.toNormalization());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String given : inputs) {
      int equals = given.indexOf('=');
      String name = equals < 0 ? onlyInput(specs) : given.substring(0, equals);
      TensorSpec spec =
          specs.stream()
              .filter(candidate -> candidate.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(given, specs));
      tensors.put(name, files.read(Path.of(given.substring(equals + 1)), spec));
    }
    return tensors;
  }

  private static LowpassException unknown(String given, List<TensorSpec> specs) {
    return new LowpassException("LP7024", "--input " + given, "no such input; there are " + specs);
  }

  private static String onlyInput(List<TensorSpec> specs) {
    if (specs.size() != 1) {
      throw new LowpassException("LP7024", "--input", "which one? Write NAME=FILE; there are " + specs);
    }
    return specs.getFirst().name();
  }

  /** File names are made here: what a model calls its outputs may not be one. */
  private static Map<String, Path> write(Path folder, Map<String, Tensor> results) throws IOException {
    Files.createDirectories(folder);
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
