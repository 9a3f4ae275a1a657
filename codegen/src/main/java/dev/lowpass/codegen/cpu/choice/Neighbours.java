package dev.lowpass.codegen.cpu.choice;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Choices around one, as they are added, each different from it and from the others. */
public final class Neighbours {
  private final Choice centre;
  private final Set<Choice> choices = new LinkedHashSet<>();

  public Neighbours(Choice centre) {
    this.centre = centre;
  }

  public Choice centre() {
    return centre;
  }

  public void add(Choice choice) {
    if (!choice.equals(centre)) {
      choices.add(choice);
    }
  }

  /** The centre with other values of {@code knob}, if it has that at all. */
  public void values(Knob knob, int... values) {
    if (centre.has(knob)) {
      for (int value : values) {
        add(centre.with(knob, value));
      }
    }
  }

  /** As {@link #values}, but only those up to {@code most}. */
  public void valuesUpTo(int most, Knob knob, int... values) {
    for (int value : values) {
      if (value <= most) {
        values(knob, value);
      }
    }
  }

  /** The centre with multiples of its value of {@code knob}, where the knob can have them. */
  public void times(Knob knob, double... factors) {
    if (centre.has(knob)) {
      for (double factor : factors) {
        int value = (int) (centre.of(knob) * factor);
        if (knob.allows(value)) {
          add(centre.with(knob, value));
        }
      }
    }
  }

  /** In the order in which they were added. */
  public List<Choice> choices() {
    return List.copyOf(choices);
  }
}
