package dev.lowpass.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Pictures, with classes where they are known, in an order that is always the same.
 *
 * @param source the folder or table that names them, for messages
 */
public record PictureSet(Path source, List<Entry> entries) {
  /**
   * One picture.
   *
   * @param label its class, counted from 0
   */
  public record Entry(Path file, OptionalInt label) {
    public Entry(Path file, int label) {
      this(file, OptionalInt.of(label));
    }

    public Entry(Path file) {
      this(file, OptionalInt.empty());
    }
  }

  /**
   * A set in two parts without a picture in common, each in the order of the whole.
   *
   * @param heldOut the part that nothing is fitted to
   */
  public record Split(PictureSet rest, PictureSet heldOut) {}

  public PictureSet {
    entries = List.copyOf(entries);
  }

  public int size() {
    return entries.size();
  }

  /** Whether the class of every picture is known. */
  public boolean isLabelled() {
    return entries.stream().allMatch(entry -> entry.label().isPresent());
  }

  /** At most {@code count} pictures, spread evenly over all. */
  public PictureSet limited(int count) {
    if (count >= size()) {
      return this;
    }
    return chosen(IntStream.range(0, count).map(i -> (int) ((long) i * size() / count)));
  }

  /**
   * Holds out {@code count} pictures chosen by {@code seed}; the same set, count and seed give the same split.
   *
   * @throws IllegalArgumentException if there are fewer pictures
   */
  public Split split(int count, long seed) {
    if (count < 0 || count > size()) {
      throw new IllegalArgumentException(count + " of " + size() + " pictures");
    }
    List<Integer> shuffled = new ArrayList<>(IntStream.range(0, size()).boxed().toList());
    Collections.shuffle(shuffled, new Random(seed));
    boolean[] held = new boolean[size()];
    shuffled.subList(0, count).forEach(i -> held[i] = true);
    IntStream all = IntStream.range(0, size());
    return new Split(chosen(all.filter(i -> !held[i])), chosen(IntStream.range(0, size()).filter(i -> held[i])));
  }

  private PictureSet chosen(IntStream places) {
    return new PictureSet(source, places.mapToObj(entries::get).toList());
  }
}
