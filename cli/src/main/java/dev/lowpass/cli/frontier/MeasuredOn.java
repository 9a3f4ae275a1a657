package dev.lowpass.cli.frontier;

/**
 * What points must have in common to be compared.
 *
 * @param processor the machine's, by name
 * @param threads workers of each model
 * @param model the file that all points were made of
 * @param pictures the set that accuracy and agreement are of
 * @param count of these pictures
 */
public record MeasuredOn(String processor, int threads, String model, String pictures, int count) {
  public MeasuredOn {
    String all = processor + model + pictures;
    if (threads < 1 || count < 0 || all.chars().anyMatch(c -> Character.isISOControl(c))) {
      throw new IllegalArgumentException(
          "%d threads, %d pictures, or names with line breaks".formatted(threads, count));
    }
  }

  @Override
  public String toString() {
    String workers = threads == 1 ? "1 thread" : threads + " threads";
    return "%s, %s, %s, %d pictures of %s".formatted(model, processor, workers, count, pictures);
  }
}
