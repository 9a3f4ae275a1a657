package dev.lowpass.codegen.cpu.choice;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How one step is to be made: a value for each knob that it has. Written {@code rows=14 vectors=2 tasks=32}, in the
 * order of {@link Knob}; empty for steps without knobs.
 */
public record Choice(Map<Knob, Integer> values) {
  public static final Choice NONE = new Choice(Map.of());

  /** @throws IllegalArgumentException for a value that its knob cannot have */
  public Choice {
    Map<Knob, Integer> sorted = new EnumMap<>(Knob.class);
    sorted.putAll(values);
    sorted.forEach(
        (knob, value) -> {
          if (!knob.allows(value)) {
            throw new IllegalArgumentException(knob + " cannot be " + value);
          }
        });
    values = Collections.unmodifiableMap(sorted);
  }

  /** @throws IllegalArgumentException for text that {@link #toString} does not write */
  public static Choice parse(String text) {
    Map<Knob, Integer> values = new EnumMap<>(Knob.class);
    for (String setting : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      String[] nameAndValue = setting.split("=", 2);
      Knob knob =
          Knob.named(nameAndValue[0])
              .orElseThrow(() -> new IllegalArgumentException("there is no '" + nameAndValue[0] + "' to choose"));
      if (nameAndValue.length < 2 || !nameAndValue[1].matches("\\d{1,9}")) {
        throw new IllegalArgumentException("'" + setting + "' is not " + knob + "=NUMBER");
      }
      values.put(knob, Integer.valueOf(nameAndValue[1]));
    }
    return new Choice(values);
  }

  /** The value of a knob that the step has. */
  public int of(Knob knob) {
    Integer value = values.get(knob);
    if (value == null) {
      throw new IllegalStateException("no " + knob + " was chosen: " + this);
    }
    return value;
  }

  public boolean has(Knob knob) {
    return values.containsKey(knob);
  }

  /** Whether the step has a knob, at 1. */
  public boolean isOn(Knob knob) {
    return values.getOrDefault(knob, 0) == 1;
  }

  public Choice with(Knob knob, int value) {
    Map<Knob, Integer> changed = new EnumMap<>(Knob.class);
    changed.putAll(values);
    changed.put(knob, value);
    return new Choice(changed);
  }

  /** The knobs whose values differ. */
  public Set<Knob> differences(Choice other) {
    Set<Knob> knobs = new TreeSet<>(values.keySet());
    knobs.addAll(other.values.keySet());
    knobs.removeIf(knob -> values.containsKey(knob) && values.get(knob).equals(other.values.get(knob)));
    return knobs;
  }

  @Override
  public String toString() {
    return values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(" "));
  }
}
