package dev.lowpass.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntBinaryOperator;

/**
 * How many coefficients each channel keeps: channel c keeps the first {@code keep[c]} in coefficient order, 0 to block
 * size.
 *
 * <p>Written run by run, {@code [49*120, 36*64, 10]}.
 */
public record Bands(List<Integer> keep) {
  /** The most channels: far beyond any network, and a bound on what a short untrusted text can make us allocate. */
  public static final int MAX_CHANNELS = 1 << 16;

  public Bands {
    if (keep.size() > MAX_CHANNELS) {
      throw new IllegalArgumentException("bands of " + keep.size() + " channels; the most is " + MAX_CHANNELS);
    }
    keep = List.copyOf(keep);
    for (int kept : keep) {
      if (kept < 0) {
        throw new IllegalArgumentException("a channel cannot keep " + kept + " coefficients");
      }
    }
  }

  /** All {@code channels} channels keep all {@code size} coefficients. */
  public static Bands full(int channels, int size) {
    return new Bands(Collections.nCopies(channels, size));
  }

  public int channels() {
    return keep.size();
  }

  public int of(int channel) {
    return keep.get(channel);
  }

  /** The longest band of any channel, 0 when there are no channels. */
  public int longest() {
    return keep.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  public boolean isFull(int size) {
    return keep.stream().allMatch(kept -> kept == size);
  }

  /** Whether channels are sorted by band, longest first, so that every coefficient needs a prefix of the channels. */
  public boolean isSorted() {
    for (int c = 1; c < keep.size(); c++) {
      if (keep.get(c) > keep.get(c - 1)) {
        return false;
      }
    }
    return true;
  }

  /** Channels that keep coefficient {@code j}. */
  public int channelsAt(int j) {
    return (int) keep.stream().filter(kept -> kept > j).count();
  }

  /** The part of all coefficients that is kept, 0 to 1; 1 when there are no channels. */
  public double retained(int size) {
    return keep.isEmpty() ? 1 : keep.stream().mapToLong(Integer::longValue).sum() / ((double) size * keep.size());
  }

  /** The bands with channel {@code order[i]} moved to place i. */
  public Bands permuted(List<Integer> order) {
    return new Bands(order.stream().map(keep::get).toList());
  }

  /** Channels {@code from} (inclusive) to {@code to} (exclusive). */
  public Bands slice(int from, int to) {
    return new Bands(keep.subList(from, to));
  }

  /** Whether cutting off at these bands cuts nothing off {@code bands}. */
  public boolean covers(Bands bands) {
    return equals(union(this, bands));
  }

  /** Channel by channel the shorter band of both. */
  public static Bands intersection(Bands a, Bands b) {
    return channelwise(a, b, Math::min);
  }

  /** Channel by channel the longer band of both. */
  public static Bands union(Bands a, Bands b) {
    return channelwise(a, b, Math::max);
  }

  private static Bands channelwise(Bands a, Bands b, IntBinaryOperator choice) {
    if (a.channels() != b.channels()) {
      throw new IllegalArgumentException("bands of " + a.channels() + " and of " + b.channels() + " channels");
    }
    List<Integer> keep = new ArrayList<>();
    for (int c = 0; c < a.channels(); c++) {
      keep.add(choice.applyAsInt(a.of(c), b.of(c)));
    }
    return new Bands(keep);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int c = 0; c < keep.size(); ) {
      int end = c + 1;
      while (end < keep.size() && keep.get(end).equals(keep.get(c))) {
        end++;
      }
      text.append(c == 0 ? "" : ", ").append(keep.get(c)).append(end - c == 1 ? "" : "*" + (end - c));
      c = end;
    }
    return text.append("]").toString();
  }
}
