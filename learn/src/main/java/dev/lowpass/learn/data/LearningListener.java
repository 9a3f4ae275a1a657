package dev.lowpass.learn.data;

/** Hears how far a search or a training is; it may take hours. */
@FunctionalInterface
public interface LearningListener {
  /** {@code done} of {@code total} parts of {@code stage} are finished; stages follow each other. */
  void stage(String stage, int done, int total);

  /** Hears nothing. */
  static LearningListener silent() {
    return (_, _, _) -> {};
  }
}
