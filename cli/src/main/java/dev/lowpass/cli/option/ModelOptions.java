package dev.lowpass.cli.option;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a compilation is asked for. */
public final class ModelOptions {
  @Option(
      names = "--target",
      paramLabel = "TARGET",
      defaultValue = "cpu",
      description = "cpu (this machine), cpu:x86-64-v3, cpu:x86-64-v4 or opencl; default ${DEFAULT-VALUE}.")
  private String target = "cpu";

  @Mixin private ShapeOptions shapes = new ShapeOptions();

  @Mixin private BandsOption bands = new BandsOption();

  @Option(names = "--dense", description = "Keep everything: no frequency domain.")
  private boolean dense;

  @Option(names = "--passes", paramLabel = "PIPELINE", description = "Run these passes instead of the usual ones.")
  private @Nullable String passes;

  /** The options as the compiler takes them; reads the bands file. */
  public CompileOptions toCompileOptions() throws IOException {
    CompileOptions options =
        CompileOptions.defaults().withTarget(target).withShapes(shapes.shapes()).withDense(dense);
    if (bands.isGiven() && dense) {
      throw new LowpassException("LP7028", "--dense", "and --bands exclude each other; leave one out");
    }
    Optional<BandsFile> attached = bands.read();
    if (attached.isPresent()) {
      options = options.withBands(attached);
    }
    return options.withPasses(Optional.ofNullable(passes));
  }
}
