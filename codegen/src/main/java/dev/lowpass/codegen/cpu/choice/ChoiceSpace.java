package dev.lowpass.codegen.cpu.choice;

import dev.lowpass.codegen.plan.step.Step;
import java.util.List;

/** Which choices there are for a step: the built-in one, and those around a choice that a search tries. */
public interface ChoiceSpace {
  /** What is chosen without a search. */
  Choice builtIn(Step step);

  /** Other choices near {@code centre}, each in one respect, the most promising first. */
  List<Choice> around(Step step, Choice centre, Breadth breadth);
}
