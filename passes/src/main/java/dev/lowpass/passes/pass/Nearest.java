package dev.lowpass.passes.pass;

import dev.lowpass.ir.text.NearestName;
import java.util.Collection;
import java.util.Optional;

/** What a mistyped name may have meant. */
public final class Nearest {
  private Nearest() {}

  /** "did you mean 'x'?" where a name is near, else the list of all, else that there are none. */
  public static String describe(String name, Collection<String> names, String what) {
    if (names.isEmpty()) {
      return "there are no " + what;
    }
    return among(name, names)
        .map(near -> "did you mean '" + near + "'?")
        .orElse("the " + what + " are " + String.join(", ", names));
  }

  /** The name with the fewest edits, if those are at most a third of its length. */
  static Optional<String> among(String name, Collection<String> names) {
    return NearestName.among(names, name)
        .filter(candidate -> NearestName.edits(candidate, name) <= Math.max(2, candidate.length() / 3));
  }
}
