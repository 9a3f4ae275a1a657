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

/** A product of several rows that leaves out the zeros which neighbouring rows have in common, in a tile of its own. */
record SkippingProduct(ProductStep step, Machine machine) implements ProductAlgorithm {
  @Override
  public boolean suits() {
    return step.input().slabbed().rows() > 1 && seesZeros(step, machine);
  }

  /** Whether there are zeros in what the step reads, and kernels can leave them out. */
  static boolean seesZeros(ProductStep step, Machine machine) {
    return step.zeros()
        && !step.input().isCoefficients()
        && !step.pooled()
        && TiledProduct.factors(step).allowSkipping(machine);
  }

  @Override
  public Optional<Knob> knob() {
    return Optional.of(Knob.SKIP);
  }

  @Override
  public boolean pays() {
    return machine.skipsZeros(step.input().slabbed().rows(), step.channels(), step.outputs());
  }

  @Override
  public Choice with(Choice choice) {
    Choice dense = choice.has(Knob.STRASSEN) ? choice.with(Knob.STRASSEN, 0) : choice;
    return tile().skipping(dense.with(Knob.SKIP, 1));
  }

  @Override
  public Choice without(Choice choice) {
    return tile().dense(choice.with(Knob.SKIP, 0));
  }

  /** Its tile goes with it, and what it reads of the weights nobody knows before. */
  @Override
  public void addTo(Neighbours near, Breadth breadth) {
    PlainProduct.addDealingTo(near, breadth);
  }

  private TileKnobs tile() {
    return TileKnobs.of(machine, step.output().slabbed().slabs(), step.precision());
  }

  @Override
  public StepCode prepare(Workshop workshop, Optional<SlabShares> shares) {
    return TiledProduct.prepare(workshop, step, Zeros.SKIPPED, shares);
  }
}
