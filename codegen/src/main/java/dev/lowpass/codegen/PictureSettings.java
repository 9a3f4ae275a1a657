package dev.lowpass.codegen;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.graph.Graph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * At which size a compilation reads pictures.
 *
 * @param size in place of what bands say, for the only input that takes pictures
 * @param small whether programs bring the picture in that size, and the artifact need not shrink it; only for the usual
 *     passes, as a pipeline of one's own says so itself
 */
public record PictureSettings(Optional<InputSize> size, boolean small) {
  /** What bands say, shrunk by the artifact. */
  public static final PictureSettings USUAL = new PictureSettings(Optional.empty(), false);

  public static PictureSettings of(InputSize size) {
    return new PictureSettings(Optional.of(size), false);
  }

  /**
   * The bands with these sizes.
   *
   * @param bands of the model or the user, if there are any
   * @throws LowpassException LP4007 where no single input takes pictures, LP4008 for a small picture of no known size
   */
  Optional<BandsFile> in(Optional<BandsFile> bands, Graph graph) {
    Optional<BandsFile> sized = size.map(wanted -> with(wanted, bands, graph)).or(() -> bands);
    if (small && sized.filter(file -> !file.inputs().isEmpty()).isEmpty()) {
      throw new LowpassException(
          "LP4008", graph.name(), "is to take a small picture, but neither bands nor options say of which size");
    }
    return sized;
  }

  private static BandsFile with(InputSize wanted, Optional<BandsFile> bands, Graph graph) {
    List<String> pictures =
        graph.inputs().stream().filter(input -> input.type().shape().rank() == 4).map(Value::name).toList();
    if (pictures.size() != 1) {
      throw new LowpassException(
          "LP4007",
          graph.name(),
          "has %d inputs that take pictures, %s; say in a bands file which of them becomes %s"
              .formatted(pictures.size(), pictures, wanted));
    }
    BandsFile file = bands.orElseGet(() -> new BandsFile(new LinkedHashMap<>()));
    SequencedMap<String, InputSize> inputs = new LinkedHashMap<>(file.inputs());
    inputs.put(pictures.getFirst(), wanted);
    return file.withInputs(inputs);
  }
}
