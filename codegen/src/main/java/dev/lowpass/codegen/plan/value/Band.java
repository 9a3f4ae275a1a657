package dev.lowpass.codegen.plan.value;

import dev.lowpass.ir.Bands;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of a staircase: row groups {@code from} to {@code to} (exclusive) of the input need its first {@code
 * channels} channels. A row group is a coefficient of all blocks; spatial data is one group.
 */
public record Band(int from, int to, int channels) {
  /** One band over everything. */
  public static List<Band> dense(int groups, int channels) {
    return List.of(new Band(0, groups, channels));
  }

  /**
   * The staircase of {@code keep}, which need not be sorted: a group reads up to its last channel. Groups that no
   * channel keeps make a last band of 0 channels.
   */
  public static List<Band> staircase(Bands keep, int groups) {
    List<Band> bands = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      int needed = 0;
      for (int c = 0; c < keep.channels(); c++) {
        if (keep.of(c) > group) {
          needed = c + 1;
        }
      }
      if (!bands.isEmpty() && bands.getLast().channels == needed) {
        bands.set(bands.size() - 1, new Band(bands.getLast().from, group + 1, needed));
      } else {
        bands.add(new Band(group, group + 1, needed));
      }
    }
    return bands;
  }

  /**
   * Whether the staircase of {@code keep} reaches coefficients that a channel has ({@code known}) but that are not to
   * be read: behind it comes a channel that keeps more.
   */
  public static boolean readsTooMuch(Bands keep, Bands known) {
    int longest = 0;
    for (int c = keep.channels() - 1; c >= 0; c--) {
      longest = Math.max(longest, keep.of(c));
      if (Math.min(longest, known.of(c)) > keep.of(c)) {
        return true;
      }
    }
    return false;
  }
}
