package dev.lowpass.codegen.cpu.product;

import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.choice.Neighbours;
import dev.lowpass.codegen.cpu.choice.TileKnobs;
import dev.lowpass.codegen.cpu.kernel.product.Zeros;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.passes.machine.Machine;
import java.util.Optional;

/** Any product, dense or banded: everything is multiplied, in register tiles. */
record PlainProduct(ProductStep step, Machine machine) implements ProductAlgorithm {
  /** Vectors of a product of one row, which has no second use for a weight: wide panels keep more loads in flight. */
  private static final int VECTORS_OF_ONE_ROW = 4;

  private static final int TASKS_WANTED = 32;

  @Override
  public boolean suits() {
    return true;
  }

  @Override
  public Optional<Knob> knob() {
    return Optional.empty();
  }

  @Override
  public boolean pays() {
    return true;
  }

  @Override
  public Choice builtIn(Choice choice) {
    Choice tiled =
        isOneRow(step)
            ? choice.with(Knob.ROWS, 1).with(Knob.VECTORS, Math.min(VECTORS_OF_ONE_ROW, slabs()))
            : tile().dense(choice);
    return tiled
        .with(Knob.AHEAD, TiledProduct.factors(step).areFar() ? 1 : 0)
        .with(Knob.TASKS, TASKS_WANTED)
        .with(Knob.SPLIT, 1);
  }

  @Override
  public void addTo(Neighbours near, Breadth breadth) {
    if (isOneRow(step)) {
      addRowTo(near, breadth);
      return;
    }
    tile().addTo(near, breadth);
    near.values(Knob.AHEAD, 0, 1);
    addDealingTo(near, breadth);
  }

  private void addRowTo(Neighbours near, Breadth breadth) {
    near.valuesUpTo(slabs(), Knob.VECTORS, 8, 2);
    near.values(Knob.AHEAD, 0, 1);
    near.values(Knob.TASKS, 8, 128);
    if (breadth == Breadth.MANY) {
      near.valuesUpTo(slabs(), Knob.VECTORS, 1, 3, 6, 12);
      near.values(Knob.TASKS, 2, 16, 64);
    }
  }

  /** Adds other ways to deal out the tasks of several rows. */
  static void addDealingTo(Neighbours near, Breadth breadth) {
    near.values(Knob.SPLIT, 0, 1);
    near.values(Knob.TASKS, 8, 128);
    if (breadth == Breadth.MANY) {
      near.values(Knob.TASKS, 2, 16, 64);
    }
  }

  /** Whether there is one image of one position. */
  static boolean isOneRow(ProductStep step) {
    return step.input().slabbed().rows() * step.input().slabbed().batch() == 1;
  }

  private TileKnobs tile() {
    return TileKnobs.of(machine, slabs(), step.precision());
  }

  private int slabs() {
    return step.output().slabbed().slabs();
  }

  @Override
  public StepCode prepare(Workshop workshop, Optional<SlabShares> shares) {
    return TiledProduct.prepare(workshop, step, Zeros.MULTIPLIED, shares);
  }
}
