package dev.lowpass.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
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

  /** Different pictures: one that the set has several times counts once. */
  public int distinct() {
    return Math.toIntExact(entries.stream().distinct().count());
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
   * Holds out {@code count} different pictures chosen by {@code seed}; the same set, count and seed give the same split.
   * One that the set has several times is as many times as likely to be held out, and then not in the rest.
   *
   * @throws IllegalArgumentException if there are fewer pictures
   */
  public Split split(int count, long seed) {
    if (count < 0 || count > distinct()) {
      throw new IllegalArgumentException(count + " of " + distinct() + " pictures");
    }
    List<Entry> shuffled = new ArrayList<>(entries);
    Collections.shuffle(shuffled, new Random(seed));
    Set<Entry> held = shuffled.stream().distinct().limit(count).collect(Collectors.toSet());
    List<Entry> rest = entries.stream().filter(entry -> !held.contains(entry)).toList();
    List<Entry> heldOut = entries.stream().distinct().filter(held::contains).toList();
    return new Split(new PictureSet(source, rest), new PictureSet(source, heldOut));
  }

  private PictureSet chosen(IntStream places) {
    return new PictureSet(source, places.mapToObj(entries::get).toList());
  }
}
