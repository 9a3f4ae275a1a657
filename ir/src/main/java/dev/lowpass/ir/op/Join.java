package dev.lowpass.ir.op;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.TensorType;
import java.util.Locale;

/** What an element and an update that comes to it become. */
public enum Join {
  REPLACE,
  ADD,
  MUL,
  MIN,
  MAX;

  private static final String NAME = "join";

  static Join parse(Attributes attributes) {
    return attributes.entries().containsKey(NAME) ? attributes.word(NAME, Join::parse, "a word") : REPLACE;
  }

  private static Join parse(String text) {
    for (Join join : values()) {
      if (join.word().equals(text)) {
        return join;
      }
    }
    throw new IllegalArgumentException("updates replace, add, mul, min or max, not '" + text + "'");
  }

  /** The word in IR text. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Attributes in(Attributes attributes) {
    return this == REPLACE ? attributes : attributes.with(NAME, new Attributes.Word(word()));
  }

  public double apply(double element, double update) {
    return switch (this) {
      case REPLACE -> update;
      case ADD -> element + update;
      case MUL -> element * update;
      case MIN -> Math.min(element, update);
      case MAX -> Math.max(element, update);
    };
  }

  /** Refuses updates that are not {@code expected}. */
  void fit(TensorType expected, TensorType updates) {
    if (!updates.equals(expected)) {
      throw new IllegalArgumentException("updates are " + updates + ", not " + expected);
    }
    if (this != REPLACE && expected.element() == ElementType.BOOL) {
      throw new IllegalArgumentException("no " + word() + " of truth values");
    }
  }
}
