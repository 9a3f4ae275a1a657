package dev.lowpass.runtime.artifact;

import java.util.List;

/**
 * One launch of a device's kernel, all of it known when the model is compiled. A step is one launch or several, which
 * run in the order of the manifest.
 *
 * @param step of an inference, counted from 0, that this is part of
 * @param kernel its name in the code
 * @param groups how many groups of work-items there are
 * @param items how many work-items a group has
 * @param arguments where the kernel's parameters point, in their order
 */
public record KernelLaunch(int step, String kernel, Extent groups, Extent items, List<Argument> arguments) {
  /** Work-items of a group: what every device that kernels are made for takes. */
  public static final int MOST_ITEMS = 1024;

  /** Kernels have a few: their inputs, an output, weights. */
  private static final int MOST_ARGUMENTS = 64;

  /** @throws IllegalArgumentException for a launch that no device takes */
  public KernelLaunch {
    arguments = List.copyOf(arguments);
    if (step < 0 || kernel.isEmpty() || arguments.size() > MOST_ARGUMENTS) {
      throw new IllegalArgumentException(
          "launch of '" + kernel + "' in step " + step + " with " + arguments.size() + " arguments");
    }
    if (items.count() > MOST_ITEMS) {
      throw new IllegalArgumentException(kernel + " in groups of " + items + "; at most " + MOST_ITEMS + " work-items");
    }
  }

  /** A box of groups or of work-items. */
  public record Extent(int x, int y, int z) {
    /** Devices count groups along y and z in 16 bits. */
    private static final int MOST_ACROSS = (1 << 16) - 1;

    /** @throws IllegalArgumentException for an empty box, or one that is too large */
    public Extent {
      if (x < 1 || y < 1 || z < 1 || y > MOST_ACROSS || z > MOST_ACROSS) {
        throw new IllegalArgumentException("extents " + x + ", " + y + ", " + z);
      }
    }

    public long count() {
      return (long) x * y * z;
    }

    @Override
    public String toString() {
      return x + "x" + y + "x" + z;
    }
  }

  /** The memory that arguments point into. */
  public enum Area {
    INPUT("in"),
    OUTPUT("out"),
    PARAMETERS("params"),
    SCRATCH("scratch");

    private final String name;

    Area(String name) {
      this.name = name;
    }

    /** Whether there are several, which are counted. */
    private boolean isCounted() {
      return this == INPUT || this == OUTPUT;
    }
  }

  /**
   * A pointer. Its text is, for example, {@code in0}, or {@code scratch+4096}.
   *
   * @param area where it points into
   * @param index which of the inputs or outputs; 0 elsewhere
   * @param offset bytes from the start of the area
   */
  public record Argument(Area area, int index, long offset) {
    /** @throws IllegalArgumentException for a place that is none */
    public Argument {
      if (index < 0 || offset < 0 || index > 0 && !area.isCounted()) {
        throw new IllegalArgumentException("argument at " + offset + " of " + area + " " + index);
      }
    }

    /** @throws IllegalArgumentException for a text that no argument has */
    public static Argument parse(String text) {
      int plus = text.indexOf('+');
      String place = plus < 0 ? text : text.substring(0, plus);
      for (Area area : Area.values()) {
        if (place.startsWith(area.name)) {
          String index = place.substring(area.name.length());
          if (index.isEmpty() != area.isCounted()) {
            return new Argument(
                area,
                area.isCounted() ? Integer.parseInt(index) : 0,
                plus < 0 ? 0 : Long.parseLong(text.substring(plus + 1)));
          }
        }
      }
      throw new IllegalArgumentException("'" + text + "' is no argument of a kernel");
    }

    @Override
    public String toString() {
      return area.name + (area.isCounted() ? index : "") + (offset == 0 ? "" : "+" + offset);
    }
  }
}
