package dev.lowpass.cli.option;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a compilation is asked for. */
public final class ModelOptions {
  @Mixin private TargetOption target = new TargetOption();

  @Mixin private PrecisionOption precision = new PrecisionOption();

  @Mixin private ShapeOptions shapes = new ShapeOptions();

  @Mixin private LimitOptions limits = new LimitOptions();

  @Mixin private BandsOption bands = new BandsOption();

  @Mixin private PictureOptions pictures = new PictureOptions();

  @Option(
      names = "--dense",
      description = "Keep everything: no frequency domain, and pictures as the model reads them but for --input-size.")
  private boolean dense;

  @Option(names = "--passes", paramLabel = "PIPELINE", description = "Run these passes instead of the usual ones.")
  private @Nullable String passes;

  /** The options as the compiler takes them, for one size; reads the bands file. */
  public CompileOptions toCompileOptions() throws IOException {
    return ofAnySize().withShapes(shapes.shapes());
  }

  /** The options for each of the sizes that are asked for; reads the bands file. */
  public List<CompileOptions> toSizes() throws IOException {
    CompileOptions options = ofAnySize();
    return shapes.sizes().stream().map(options::withShapes).toList();
  }

  private CompileOptions ofAnySize() throws IOException {
    if (bands.isGiven() && dense) {
      throw new LowpassException("LP7028", "--dense", "and --bands exclude each other; leave one out");
    }
    CompileOptions options =
        CompileOptions.defaults()
            .withTarget(target.target())
            .withPrecision(precision.precision())
            .withPictures(pictures.toSettings())
            .withLimits(limits.toLimits());
    if (passes != null) {
      if (options.pictures().small()) {
        throw new LowpassException(
            "LP7028", "--small-input", "and --passes exclude each other; write shrink-input{small=true}");
      }
      options = options.withPipeline(passes);
    }
    if (dense) {
      return options.dense();
    }
    return bands.read().map(options::withBands).orElse(options);
  }
}
