package dev.lowpass.codegen;

/** Hears how far a compilation is. */
@FunctionalInterface
public interface Progress {
  /** Stage {@code name} begins as number {@code done} (from 0) of {@code total}. */
  void stage(String name, int done, int total);

  static Progress silent() {
    return (name, done, total) -> {};
  }
}
