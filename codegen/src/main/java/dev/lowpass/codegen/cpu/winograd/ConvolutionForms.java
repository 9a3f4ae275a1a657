package dev.lowpass.codegen.cpu.winograd;

import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.choice.Knobs;
import dev.lowpass.codegen.cpu.choice.Neighbours;
import dev.lowpass.codegen.cpu.step.ConvolutionCode;
import dev.lowpass.codegen.cpu.step.ConvolutionKnobs;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.TiledConvolution;
import dev.lowpass.passes.machine.WinogradRule;
import java.util.Optional;

/**
 * The forms of a convolution that kernels are written for, {@link ConvolutionCode#suits}: direct, or by tiles of one
 * size or another.
 */
public record ConvolutionForms(ConvolutionStep step, Machine machine) implements Knobs {
  /** Weights above may overflow where the convolution itself does not. */
  private static final float MOST_WEIGHT = 1e30f;

  /** Weights that become up to four times as many, which an artifact should hold. */
  private static final int MOST_WEIGHTS = 1 << 26;

  @Override
  public Choice builtIn() {
    Choice direct = direct().builtIn();
    return suits() ? direct.with(Knob.WINOGRAD, outputsOfTile()) : direct;
  }

  @Override
  public void addTo(Neighbours near, Breadth breadth) {
    near.values(Knob.WINOGRAD, 4, 2, WinogradRule.DIRECT);
    direct().addTo(near, breadth);
  }

  /** The code of the step, with the choice of {@code workshop}. */
  public StepCode prepare(Workshop workshop) {
    return form(workshop.choice())
        .map(form -> WinogradConvolution.prepare(workshop, step, form))
        .orElseGet(() -> ConvolutionCode.prepare(workshop, step));
  }

  /** None for a direct convolution. A choice may have been made for another step. */
  private Optional<TileForm> form(Choice choice) {
    return choice.has(Knob.WINOGRAD) && suits() ? TileForm.of(choice.of(Knob.WINOGRAD)) : Optional.empty();
  }

  private ConvolutionKnobs direct() {
    return new ConvolutionKnobs(step, machine);
  }

  private int outputsOfTile() {
    Layout.Slabbed output = step.output().slabbed();
    int channels = step.input().slabbed().channels();
    return machine
        .winograd()
        .side(new TiledConvolution(output.batch(), output.height(), output.width(), channels, output.channels()));
  }

  /**
   * Whether there are kernels, and tiles give what a direct convolution gives but for rounding. Sums of whole numbers may be meant to be exact,
   * as those of quantised networks are.
   */
  private boolean suits() {
    return step.input().layout() instanceof Layout.Slabs input
        && TiledConvolution.suits(step.window(), step.groups(), input.channels(), step.output().slabbed().channels())
        && step.weight().count() <= MOST_WEIGHTS
        && allowTiles(step.weight());
  }

  private static boolean allowTiles(Weights weight) {
    boolean whole = true;
    boolean small = true;
    for (float value : weight.floats()) {
      whole &= value == Math.rint(value);
      small &= Math.abs(value) <= MOST_WEIGHT;
    }
    return small && !whole;
  }
}
