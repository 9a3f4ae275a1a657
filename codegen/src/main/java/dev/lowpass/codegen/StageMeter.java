package dev.lowpass.codegen;

/** Tells a listener how far a compilation is: a unit a stage, and one for each part of those that take long. */
final class StageMeter {
  private final Progress progress;
  private String stage = "";
  private int start;
  private int next;
  private int total;

  /** @param count of stages that will be */
  StageMeter(Progress progress, int count) {
    this.progress = progress;
    this.total = count;
  }

  void begin(String name) {
    begin(name, 0);
  }

  /** A stage of {@code parts}, of which {@link #reached} will tell. */
  void begin(String name, int parts) {
    stage = name;
    start = next;
    next += 1 + parts;
    total += parts;
    reached(0);
  }

  void reached(int parts) {
    progress.stage(stage, start + parts, total);
  }

  /** As {@link #reached(int)}, of a stage that does one thing after the other. */
  void reached(String what, int parts) {
    stage = what;
    reached(parts);
  }
}
