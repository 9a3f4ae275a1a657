package dev.lowpass.cli.option;

import dev.lowpass.cli.report.Quantity;
import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.tune.ChoiceRecord;
import dev.lowpass.codegen.tune.Tuning;
import dev.lowpass.ir.LowpassException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the choice of register tiles, strips and the like comes from. */
public final class TuneOptions {
  /** How much is tried. */
  enum Mode {
    none,
    quick,
    full
  }

  @Option(
      names = "--tune",
      paramLabel = "none|quick|full",
      description =
          "Time alternatives of each kernel on this machine and take the fastest: a few, or all that there are;"
              + " default none, which is the same everywhere.")
  private @Nullable Mode mode;

  @Option(
      names = "--choices",
      paramLabel = "FILE",
      description = "Choose as this artifact of the same model records; times nothing and gives the same bytes.")
  private @Nullable Path choices;

  @Option(
      names = "--tune-cache",
      paramLabel = "FOLDER",
      description = "Where times are kept between compilations; in the user's cache unless given.")
  private @Nullable Path cache;

  /**
   * The options as the compiler takes them, for each of so many sizes; reads the artifact.
   *
   * @throws LowpassException LP7029 where the artifact has another number of sizes
   */
  public List<Tuning> toTunings(int sizes) {
    if (choices != null) {
      if (mode != null) {
        throw new LowpassException("LP7029", "--choices", "and --tune exclude each other; leave one out");
      }
      return recorded(choices, sizes);
    }
    return Collections.nCopies(sizes, toTuning());
  }

  private static List<Tuning> recorded(Path choices, int sizes) {
    List<ChoiceRecord> records = ChoiceRecord.read(choices);
    if (records.size() != sizes) {
      throw new LowpassException(
          "LP7029",
          "--choices " + choices,
          "was compiled for %s, but --shape asks for %s".formatted(Quantity.sizes(records.size()), Quantity.sizes(sizes)));
    }
    return records.stream().<Tuning>map(Tuning.Recorded::new).toList();
  }

  private Tuning toTuning() {
    return switch (mode) {
      case null -> new Tuning.BuiltIn();
      case none -> new Tuning.BuiltIn();
      case quick -> search(Breadth.FEW);
      case full -> search(Breadth.MANY);
    };
  }

  private Tuning search(Breadth breadth) {
    return cache == null ? Tuning.Search.of(breadth) : new Tuning.Search(breadth, cache);
  }
}
