package dev.lowpass.codegen.cpu.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.choice.Neighbours;
import dev.lowpass.codegen.cpu.halved.HalvedInput;
import dev.lowpass.codegen.cpu.halved.HalvedRows;
import dev.lowpass.codegen.cpu.halved.StrassenProduct;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.passes.machine.Machine;
import java.util.Optional;
import java.util.function.Function;

/** A dense product made of halves: sums of its input, then tasks of a pair of panels and some rows of both halves. */
record HalvedProduct(ProductStep step, Machine machine) implements ProductAlgorithm {
  /** Rows of a half in a task, at most: what is made of them in between should stay near. */
  private static final int MOST_ROWS = 112;

  @Override
  public boolean suits() {
    Layout.Slabbed input = step.input().slabbed();
    return !step.input().isCoefficients()
        && !step.pooled()
        && step.bands().stream().allMatch(band -> band.channels() == input.channels())
        && input.rows() % 2 == 0
        && TiledProduct.factors(step).halve(machine.tile().vectors());
  }

  @Override
  public Optional<Knob> knob() {
    return Optional.of(Knob.STRASSEN);
  }

  @Override
  public boolean pays() {
    return machine.halving().pays(step.input().slabbed().rows(), step.channels(), step.outputs());
  }

  /** Panels of some widths do not come in pairs. */
  @Override
  public boolean isChosen(Choice choice) {
    return choice.isOn(Knob.STRASSEN) && TiledProduct.factors(step).halve(choice.of(Knob.VECTORS));
  }

  @Override
  public void addTo(Neighbours near, Breadth breadth) {
    new PlainProduct(step, machine).addTo(near, breadth);
  }

  /** A half has all channels of some rows, or some channels of all. */
  @Override
  public boolean allowsShares() {
    return false;
  }

  @Override
  public StepCode prepare(Workshop workshop, Optional<SlabShares> shares) {
    Halves halves = new Halves(workshop, step);
    return (code, entry) -> entry.phase(code, body -> halves.multiply(body, entry));
  }

  /** The step's pieces of rows and pairs of panels. */
  private static final class Halves {
    private final ProductStep step;
    private final HalvedRows rows;
    private final StrassenProduct product;
    private final int pairs;
    private final int pairElements;

    Halves(Workshop workshop, ProductStep step) {
      Layout.Slabbed output = step.output().slabbed();
      int vectors = workshop.choice().of(Knob.VECTORS);
      this.step = step;
      this.rows = HalvedRows.of(step.input().slabbed().rows(), MOST_ROWS);
      this.pairs = output.slabs() / (2 * vectors);
      this.pairElements = 2 * vectors * output.rows() * LANES;
      Epilogue epilogue = Epilogue.of(step.residual(), step.activation());
      this.product =
          new StrassenProduct(
              workshop, step.input(), TiledProduct.factors(step), rows, output.rows(), 0, epilogue);
    }

    void multiply(Code code, Entry entry) {
      int pieces = rows.pieces().size();
      product.input().sums(code, entry);
      entry.work(
          code,
          entry.neighbours(step.output().slabbed().batch() * pairs * pieces),
          (body, task, _) -> {
            // Pair by pair, so that its weights are used for every row while they are near.
            Expr piece = body.let("piece", task.floorMod(pieces));
            Expr pair = body.let("pair", task.floorDiv(pieces).floorMod(pairs));
            Expr image = body.let("image", task.floorDiv(pieces * pairs));
            HalvedInput.Halves at = product.input().halves(body, entry, step.output(), image, piece);
            Expr first = pair.times(pairElements);
            StrassenProduct.Target upper = target(slot -> offset -> at.upper(entry, slot, first.plus(offset)));
            StrassenProduct.Target lower = target(slot -> offset -> at.lower(entry, slot, first.plus(offset)));
            product.multiply(body, entry, image, piece, pair, upper, lower);
          });
    }

    private StrassenProduct.Target target(Function<Slot, StrassenProduct.Place> places) {
      return new StrassenProduct.Target(step.residual().map(places), places.apply(step.output()));
    }
  }
}
