package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.ir.op.Taps;
import java.util.List;
import java.util.Optional;

/**
 * Which channel is the greatest or least one, at every position of a map, or of one that is resampled on the way and is
 * never in memory. The input is in slabs, the output row-major.
 */
public record ArgChannelsStep(String name, Slot input, Slot output, Optional<Grid> grid, ArgReduce arg) implements Step {
  /** How the map is resampled. */
  public record Grid(Taps vertical, Taps horizontal) {}

  /** Positions side by side in memory: a line of another grid, or the whole map. */
  public int line() {
    return grid.map(other -> other.horizontal().outputs()).orElse(input.slabbed().rows());
  }

  public int lines() {
    return grid.map(other -> other.vertical().outputs()).orElse(1);
  }

  @Override
  public List<Slot> reads() {
    return List.of(input);
  }

  @Override
  public String kind() {
    return grid.isPresent() ? "resize + " + arg.mnemonic() : arg.mnemonic();
  }
}
