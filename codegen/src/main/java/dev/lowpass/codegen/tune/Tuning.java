package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.runtime.natives.CacheFolder;
import java.nio.file.Path;

/** Where the choices of a compilation come from. */
public sealed interface Tuning {
  /** From the machine model alone: the same everywhere, and nothing is timed. */
  record BuiltIn() implements Tuning {}

  /** From another artifact of the same steps: nothing is timed, and the same model gives the same bytes. */
  record Recorded(ChoiceRecord choices) implements Tuning {}

  /**
   * From times measured on this machine.
   *
   * @param breadth how many alternatives are tried
   * @param cache folder in which times are kept for the next compilation
   */
  record Search(Breadth breadth, Path cache) implements Tuning {
    /** A search that keeps its times in the user's cache. */
    public static Search of(Breadth breadth) {
      return new Search(breadth, CacheFolder.ofUser().resolve("times"));
    }
  }
}
