package dev.lowpass.codegen.cpu.product;

import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.choice.Neighbours;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import java.util.Optional;

/**
 * A way to make one product step on one machine: where it can, where it is faster, what may be chosen about it, and its
 * code. Which one is taken, {@link ProductAlgorithms} says.
 */
interface ProductAlgorithm {
  /** Whether it can make the step, with some choice at least. */
  boolean suits();

  /** The knob that is 1 where it is chosen; none where it is taken whenever it is its turn. */
  Optional<Knob> knob();

  /** Whether it is faster than those behind it in the list, as far as one can tell without a search. */
  boolean pays();

  /** {@code choice}, made for those behind it in the list, and what it says of this one, without a search. */
  default Choice builtIn(Choice choice) {
    return pays() ? with(choice) : without(choice);
  }

  /** {@code choice}, but for this one. */
  default Choice with(Choice choice) {
    return knob().map(knob -> choice.with(knob, 1)).orElse(choice);
  }

  /** {@code choice}, but not for this one. */
  default Choice without(Choice choice) {
    return knob().map(knob -> choice.with(knob, 0)).orElse(choice);
  }

  /** Whether {@code choice}, which somebody may have made for another machine, is for this one. */
  default boolean isChosen(Choice choice) {
    return knob().map(choice::isOn).orElse(true);
  }

  /** Adds what a search should try around a choice that is for this one, and stays so. */
  void addTo(Neighbours near, Breadth breadth);

  /** Whether workers may share out the channels of the step's input, each going on with what it has made itself. */
  default boolean allowsShares() {
    return true;
  }

  /**
   * The step's code, with the choice of {@code workshop}.
   *
   * @param shares who made which slabs of the input, if one worker after another may go on with its own
   */
  StepCode prepare(Workshop workshop, Optional<SlabShares> shares);
}
