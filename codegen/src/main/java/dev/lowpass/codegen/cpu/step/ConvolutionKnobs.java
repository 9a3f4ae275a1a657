package dev.lowpass.codegen.cpu.step;

import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knobs;
import dev.lowpass.codegen.cpu.choice.Neighbours;
import dev.lowpass.codegen.cpu.choice.TileKnobs;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.passes.machine.Machine;

/** What may be chosen about a direct convolution without groups: its register tile. */
public record ConvolutionKnobs(ConvolutionStep step, Machine machine) implements Knobs {
  @Override
  public Choice builtIn() {
    return tile().dense(Choice.NONE);
  }

  @Override
  public void addTo(Neighbours near, Breadth breadth) {
    tile().addTo(near, breadth);
  }

  private TileKnobs tile() {
    return TileKnobs.of(machine, step.output().slabbed().slabs(), step.precision());
  }
}
