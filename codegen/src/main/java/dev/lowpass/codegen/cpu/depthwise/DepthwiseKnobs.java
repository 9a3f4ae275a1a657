package dev.lowpass.codegen.cpu.depthwise;

import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.choice.Knobs;
import dev.lowpass.codegen.cpu.choice.MapKnobs;
import dev.lowpass.codegen.cpu.choice.Neighbours;
import dev.lowpass.codegen.cpu.choice.TileKnobs;
import dev.lowpass.codegen.cpu.kernel.product.Factors;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.ir.Precision;
import dev.lowpass.passes.machine.Machine;

/** What may be chosen about a fused depthwise step: its kernel's run of outputs, and how its expansion is made. */
public record DepthwiseKnobs(DepthwiseStep step, Machine machine) implements Knobs {
  @Override
  public Choice builtIn() {
    // A transform takes what it reads block by block.
    Choice own = step.output().isCoefficients() ? Choice.NONE : new MapKnobs(machine).columns(Choice.NONE);
    return step.expansion().map(expansion -> expanding(own, expansion)).orElse(own);
  }

  private Choice expanding(Choice own, Expansion expansion) {
    Factors factors = factors(step, expansion);
    Choice choice = tile().dense(own).with(Knob.AHEAD, factors.areFar() ? 1 : 0);
    if (halves(machine.tile().vectors())) {
      int rows = step.input().slabbed().rows();
      boolean pays = machine.halving().pays(rows, factors.channels(), factors.outputs());
      choice = choice.with(Knob.STRASSEN, pays ? 1 : 0);
    }
    // A map that comes from coefficients is made in rows of blocks.
    return step.input().isCoefficients() ? choice : choice.with(Knob.STRIP, MapKnobs.STRIP_POSITIONS);
  }

  @Override
  public void addTo(Neighbours near, Breadth breadth) {
    tile().addTo(near, breadth);
    new MapKnobs(machine).addTo(near, breadth);
    near.values(Knob.AHEAD, 0, 1);
    near.values(Knob.STRASSEN, 0, 1);
  }

  private TileKnobs tile() {
    return TileKnobs.of(
        machine,
        step.output().slabbed().slabs(),
        step.expansion().map(Expansion::precision).orElse(Precision.FLOAT32));
  }

  /**
   * Whether the expansion is made of halves, by {@code choice}.
   *
   * @param shared whether workers share out the slabs: then a pair of panels may have two owners
   */
  boolean isHalved(Choice choice, boolean shared) {
    return !shared && choice.isOn(Knob.STRASSEN) && halves(choice.of(Knob.VECTORS));
  }

  /** Whether the expansion of any strip can be made of halves, in panels of {@code vectors} slabs. */
  private boolean halves(int vectors) {
    return !step.input().isCoefficients()
        && step.input().slabbed().width() % 2 == 0
        && step.expansion().filter(expansion -> factors(step, expansion).halve(vectors)).isPresent();
  }

  /** What the expansion multiplies by. */
  static Factors factors(DepthwiseStep step, Expansion expansion) {
    return new Factors(
        step.input().slabbed().channels(),
        step.channels(),
        expansion.weight(),
        expansion.bias(),
        expansion.precision());
  }
}
