package dev.lowpass.learn;

/** Hears how far a search is; it may take minutes. */
@FunctionalInterface
public interface SearchListener {
  /** {@code done} of {@code total} parts of {@code stage} are finished; stages follow each other. */
  void stage(String stage, int done, int total);

  /** Hears nothing. */
  static SearchListener silent() {
    return (_, _, _) -> {};
  }
}
