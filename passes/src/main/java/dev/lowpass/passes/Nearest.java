package dev.lowpass.passes;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What a mistyped name may have meant. */
final class Nearest {
  private Nearest() {}

  /** "did you mean 'x'?" where a name is near, else the list of all, else that there are none. */
  static String describe(String name, Collection<String> names, String what) {
    if (names.isEmpty()) {
      return "there are no " + what;
    }
    return among(name, names)
        .map(near -> "did you mean '" + near + "'?")
        .orElse("the " + what + " are " + String.join(", ", names));
  }

  /** The name with the fewest edits, if those are at most a third of its length. */
  static Optional<String> among(String name, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(candidate -> edits(name, candidate)))
        .filter(candidate -> edits(name, candidate) <= Math.max(2, candidate.length() / 3));
  }

  /** Levenshtein distance: insertions, deletions and substitutions of a character. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
