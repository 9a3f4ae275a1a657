package dev.lowpass.cli;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a compilation is asked for. */
final class ModelOptions {
  @Option(
      names = "--target",
      paramLabel = "TARGET",
      defaultValue = "cpu",
      description = "cpu (this machine), cpu:x86-64-v3, cpu:x86-64-v4 or opencl; default ${DEFAULT-VALUE}.")
  private String target = "cpu";

  @Option(
      names = "--shape",
      paramLabel = "NAME=1x3x224x224",
      description = "The shape of an input; needed where the model leaves an extent open. May be repeated.")
  private List<String> shapes = new ArrayList<>();

  @Option(
      names = "--bands",
      paramLabel = "FILE",
      description = "What each channel keeps; without it, what the model's metadata say.")
  private @Nullable Path bands;

  @Option(names = "--dense", description = "Keep everything: no frequency domain.")
  private boolean dense;

  @Option(names = "--passes", paramLabel = "PIPELINE", description = "Run these passes instead of the usual ones.")
  private @Nullable String passes;

  /** The options as the compiler takes them; reads the bands file. */
  CompileOptions toCompileOptions() throws IOException {
    CompileOptions options =
        CompileOptions.defaults().withTarget(target).withShapes(Shapes.parse(shapes)).withDense(dense);
    if (bands != null && dense) {
      throw new LowpassException("LP7028", "--dense", "and --bands exclude each other; leave one out");
    }
    if (bands != null) {
      options = options.withBands(Optional.of(BandsSource.read(bands)));
    }
    return options.withPasses(Optional.ofNullable(passes));
  }
}
