package dev.lowpass.cli.option;

import dev.lowpass.cli.data.PictureSet;
import dev.lowpass.cli.learning.Sizes;
import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.fit.MachinePrices;
import dev.lowpass.codegen.fit.PricesOrigin;
import dev.lowpass.codegen.tune.TuningListener;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.runtime.picture.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code calibrate} and {@code learn} have in common. */
public final class LearningOptions {
  @Mixin private TargetOption target = new TargetOption();

  @Mixin private ShapeOptions shapes = new ShapeOptions();

  @Mixin private LimitOptions limits = new LimitOptions();

  @Mixin private LabelsOption labels = new LabelsOption();

  @Mixin private PreprocessingOptions preprocessing = new PreprocessingOptions();

  @Option(
      names = "--prices",
      paramLabel = "measured|built-in|FILE",
      defaultValue = PricesOption.MEASURED,
      description =
          "What work costs: as measured on this machine, once, in up to two minutes; as built in for the target; or"
              + " from a file of 'lowpass doctor --measure'. Default ${DEFAULT-VALUE}.")
  private String prices = PricesOption.MEASURED;

  @Option(
      names = "--sizes",
      paramLabel = "224x224,176x176/208x208,…",
      split = ",",
      description =
          "Sizes of the picture among which is chosen, of all of it or of its middle: 176x176/208x208 is the middle"
              + " 208x208, shrunk to 176x176. By default the model's own and smaller ones in steps of 16, and where"
              + " the model classifies middles as well.")
  private List<String> sizes = new ArrayList<>();

  @Option(
      names = "--held-out",
      paramLabel = "N",
      defaultValue = "200",
      description = "Pictures that only judge, at most half of all; default ${DEFAULT-VALUE}.")
  private int heldOut = 200;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What is random follows from it; default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.onnx",
      required = true,
      description = "The model to write: with bands as metadata, plain to everybody else.")
  private Path output = Path.of("");

  @Option(names = "--bands", paramLabel = "FILE", description = "Also write the bands by themselves.")
  private @Nullable Path bands;

  @Option(
      names = "--frontier",
      paramLabel = "FILE.json",
      description = "Also write accuracy and measured time of all that was compared, for 'lowpass frontier'.")
  private @Nullable Path frontier;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "25",
      description = "Rounds of each measurement; default ${DEFAULT-VALUE}.")
  private int runs = 25;

  @Mixin private ThreadsOption threads = new ThreadsOption();

  public String target() {
    return target.target();
  }

  /** How the model is read. */
  public ImportOptions toImportOptions() {
    return shapes.toImportOptions().withLimits(limits.toLimits());
  }

  /**
   * Refuses what can be seen to fail before hours have gone into it.
   *
   * @throws LowpassException LP7022 for shapes, or several sizes; LP7023 for a number, LP7027 for a file that is the model itself
   * @throws IOException if what is to be written cannot be
   */
  public void check(Path model) throws IOException {
    Checks.atLeastOne("--held-out", heldOut);
    Checks.atLeastOne("--runs", runs);
    toImportOptions();
    for (Path file : Stream.of(output, bands, frontier).filter(Objects::nonNull).toList()) {
      Checks.mayWrite(file);
      Checks.isNot("the model itself", model, file);
    }
  }

  /** Whether options say where the classes of pictures come from. */
  public boolean isLabelled() {
    return labels.isGiven();
  }

  /**
   * The pictures below all {@code folders}, with classes if options name them.
   *
   * @throws LowpassException LP7051 for classes of several folders, LP7054 for a single picture
   */
  public PictureSet pictures(List<Path> folders) throws IOException {
    if (folders.size() > 1 && labels.isGiven()) {
      throw new LowpassException("LP7051", "--labels", "is for one folder of pictures, not for " + folders.size());
    }
    List<PictureSet.Entry> entries = new ArrayList<>();
    for (Path folder : folders) {
      entries.addAll(labels.read(folder).entries());
    }
    PictureSet set = new PictureSet(folders.getFirst(), entries);
    if (set.distinct() < 2) {
      throw new LowpassException(
          "LP7054", folders.getFirst().toString(), "has one picture; it takes one to learn from and one to judge by");
    }
    return set;
  }

  public Preprocessing preprocessing() {
    return preprocessing.toPreprocessing();
  }

  /** Where prices come from; measures them if they never were. */
  public PricesOrigin prices(TuningListener listener) {
    Backend backend = Backends.parse(target());
    return PricesOption.origin(
        prices, () -> new PricesOrigin.Given(MachinePrices.of(backend).findOrMeasure(listener)));
  }

  /**
   * The sizes that were given; none means the usual ones.
   *
   * @throws LowpassException LP7052 for one that is none
   */
  public List<InputSize> sizes() {
    List<InputSize> parsed = new ArrayList<>();
    for (String size : sizes) {
      try {
        parsed.add(Sizes.parse(size));
      } catch (IllegalArgumentException e) {
        throw new LowpassException("LP7052", "--sizes " + size, String.valueOf(e.getMessage()), e);
      }
    }
    return parsed;
  }

  public int heldOut() {
    return heldOut;
  }

  public long seed() {
    return seed;
  }

  public Path output() {
    return output;
  }

  public Optional<Path> bands() {
    return Optional.ofNullable(bands);
  }

  public Optional<Path> frontier() {
    return Optional.ofNullable(frontier);
  }

  public int runs() {
    return runs;
  }

  public int threads() {
    return threads.count();
  }
}
