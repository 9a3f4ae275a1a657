package dev.lowpass.codegen.cpu.block;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.choice.Knobs;
import dev.lowpass.codegen.cpu.choice.MapKnobs;
import dev.lowpass.codegen.cpu.choice.Neighbours;
import dev.lowpass.codegen.cpu.choice.TileKnobs;
import dev.lowpass.codegen.cpu.kernel.product.Factors;
import dev.lowpass.codegen.cpu.kernel.product.Zeros;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.ir.Precision;
import dev.lowpass.passes.machine.Machine;

/** What may be chosen about a fused block: its strips, the tiles of what makes its map, and how it projects. */
public record BlockKnobs(BlockStep step, Machine machine) implements Knobs {
  @Override
  public Choice builtIn() {
    Choice choice = projectionTile().dense(new MapKnobs(machine).columns(Choice.NONE)).with(Knob.STRIP, strip());
    if (step.producer().isPresent()) {
      choice = producerTile().dense(choice);
    }
    if (!seesZeros()) {
      return choice;
    }
    boolean pays = machine.skipping().paysInBlocks(step.channels(), step.output().slabbed().channels());
    return pays ? skipping(choice) : choice.with(Knob.SKIP, 0);
  }

  /**
   * As many positions of output as leave a panel of a map that is made strip by strip in the first-level cache until
   * depthwise has read it, and two workers with strips enough to share them out evenly.
   */
  private int strip() {
    Layout.Slabbed output = step.output().slabbed();
    int most = MapKnobs.STRIP_POSITIONS / output.width();
    if (step.producer().isPresent()) {
      int slabs = Math.min(machine.tile().vectors(), Math.ceilDiv(step.channels(), LANES));
      int kept = Math.max(0, step.window().reach(0) - step.window().stride(0));
      int mapRows = machine.caches().near() / (step.mapWidth() * LANES * slabs) - kept;
      most = Math.min(most, mapRows / step.window().stride(0));
    }
    int rows = Integer.highestOneBit(Math.max(1, most));
    while (rows > 1 && !isEven(output.height(), rows)) {
      rows /= 2;
    }
    return rows * output.width();
  }

  /** Whether the larger of two shares of strips has less than a twentieth more rows than half. */
  private static boolean isEven(int height, int rows) {
    int strips = Math.ceilDiv(height, rows);
    int firstHalf = strips / 2 * rows;
    return 20 * Math.max(firstHalf, height - firstHalf) < 21 * Math.ceilDiv(height, 2);
  }

  @Override
  public void addTo(Neighbours near, Breadth breadth) {
    new MapKnobs(machine).addTo(near, breadth);
    producerTile().addTo(near, breadth);
    Choice centre = near.centre();
    if (centre.has(Knob.SKIP)) {
      near.add(centre.isOn(Knob.SKIP) ? projectionTile().dense(centre.with(Knob.SKIP, 0)) : skipping(centre));
    }
    if (!centre.isOn(Knob.SKIP)) {
      projectionTile().addTo(near, breadth);
    }
  }

  /** {@code choice}, but without zeros, which has a tile of its own. */
  private Choice skipping(Choice choice) {
    return projectionTile().skipping(choice.with(Knob.SKIP, 1));
  }

  private TileKnobs producerTile() {
    return TileKnobs.of(machine, Math.ceilDiv(step.channels(), LANES), producerPrecision());
  }

  private TileKnobs projectionTile() {
    return TileKnobs.ofProjection(machine, step.output().slabbed().slabs(), step.projection().precision());
  }

  private Precision producerPrecision() {
    return step.producer().orElse(null) instanceof Expansion expansion ? expansion.precision() : Precision.FLOAT32;
  }

  /** What the projection does about zeros, by {@code choice}. */
  Zeros zeros(Choice choice) {
    return choice.isOn(Knob.SKIP) && seesZeros() ? Zeros.SKIPPED : Zeros.MULTIPLIED;
  }

  /** Whether there are zeros in what the projection reads, and it can leave them out. */
  private boolean seesZeros() {
    return !step.after().isEmpty()
        && step.after().getLast().leavesZeros()
        && factors(step).allowSkipping(machine);
  }

  /** What the projection multiplies by. */
  static Factors factors(BlockStep step) {
    return new Factors(
        step.channels(),
        step.output().slabbed().channels(),
        step.projection().weight(),
        step.projection().bias(),
        step.projection().precision());
  }
}
