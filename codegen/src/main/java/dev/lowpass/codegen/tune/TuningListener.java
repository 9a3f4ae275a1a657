package dev.lowpass.codegen.tune;

/** Hears how far a search for choices is. */
@FunctionalInterface
public interface TuningListener {
  /** @param part of {@code what} it does now, 0 to 1 */
  void at(String what, double part);
}
