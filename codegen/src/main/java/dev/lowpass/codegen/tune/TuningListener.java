package dev.lowpass.codegen.tune;

/** Hears how far something is that compiles and times: a search for choices, a fit of prices. */
@FunctionalInterface
public interface TuningListener {
  /** @param part of {@code what} it does now, 0 to 1 */
  void at(String what, double part);
}
