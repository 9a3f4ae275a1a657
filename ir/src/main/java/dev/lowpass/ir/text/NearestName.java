package dev.lowpass.ir.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The name that a misspelt one was probably meant to be, for error messages. */
public final class NearestName {
  /** Longer names are compared by their beginning, so that hostile ones cost little. */
  private static final int LONGEST = 200;

  /** More names than anybody chooses among are not looked at, for the same reason. */
  private static final int MOST = 10_000;

  private NearestName() {}

  /**
   * The candidate with the fewest edits from {@code name}, the first among equals; nothing without candidates. Of
   * very many only the first are looked at.
   */
  public static Optional<String> among(Collection<String> candidates, String name) {
    return candidates.stream().limit(MOST).min(Comparator.comparingInt(candidate -> edits(candidate, name)));
  }

  /** Levenshtein's distance: insertions, deletions and substitutions of one character. */
  public static int edits(String a, String b) {
    String from = a.substring(0, Math.min(LONGEST, a.length()));
    String to = b.substring(0, Math.min(LONGEST, b.length()));
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
