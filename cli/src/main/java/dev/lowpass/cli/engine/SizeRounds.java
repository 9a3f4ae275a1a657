package dev.lowpass.cli.engine;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.ModelSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Which contestants are measured beside each other: artifacts for several sizes once for each. */
public final class SizeRounds {
  /**
   * Contestants that take turns.
   *
   * @param size at which artifacts of several sizes are; none where there is no such artifact
   */
  public record Round(Optional<ModelSize> size, List<Engine> engines) {
    public Round {
      engines = List.copyOf(engines);
    }
  }

  private SizeRounds() {}

  /**
   * The rounds: one for each size that the first artifact of several has, of those that {@code wanted} leaves of them.
   * Artifacts of one size, and the peer, take part in all.
   *
   * @param wanted takes an artifact and its sizes
   * @throws LowpassException LP7035 where another artifact lacks a size
   */
  public static List<Round> of(List<Engine> engines, BiFunction<String, List<ModelSize>, List<ModelSize>> wanted) {
    Optional<LowpassEngine> first =
        engines.stream()
            .filter(engine -> engine instanceof LowpassEngine ours && ours.sizes().size() > 1)
            .map(LowpassEngine.class::cast)
            .findFirst();
    if (first.isEmpty()) {
      return List.of(new Round(Optional.empty(), engines));
    }
    List<Round> rounds = new ArrayList<>();
    for (ModelSize size : wanted.apply(first.get().label(), first.get().sizes())) {
      rounds.add(new Round(Optional.of(size), engines.stream().map(engine -> sized(engine, size)).toList()));
    }
    return rounds;
  }

  private static Engine sized(Engine engine, ModelSize wanted) {
    if (!(engine instanceof LowpassEngine ours) || ours.sizes().size() == 1) {
      return engine;
    }
    return ours.sizes().stream()
        .filter(size -> size.inputs().equals(wanted.inputs()))
        .findFirst()
        .map(ours::at)
        .orElseThrow(
            () ->
                new LowpassException(
                    "LP7035",
                    ours.label(),
                    "has no size " + wanted + ", at which another artifact is measured; choose one with --shape"));
  }
}
