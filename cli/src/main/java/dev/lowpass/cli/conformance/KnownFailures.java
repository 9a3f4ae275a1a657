package dev.lowpass.cli.conformance;

import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cases that are known not to pass, each with its reason: a list that can only become shorter. */
public final class KnownFailures {
  private final Map<String, String> reasons;

  private KnownFailures(Map<String, String> reasons) {
    this.reasons = reasons;
  }

  public static KnownFailures none() {
    return new KnownFailures(Map.of());
  }

  /**
   * Reads lines of a case's name, a tab and the reason; lines that begin with # are comments.
   *
   * @throws LowpassException LP7033 at a line of another form
   */
  public static KnownFailures read(Path file) throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\t", 2);
      if (parts.length < 2 || parts[1].isBlank() || reasons.put(parts[0], parts[1]) != null) {
        throw new LowpassException(
            "LP7033", file + ":" + (i + 1), "is no case's name of its own, a tab and a reason: " + line);
      }
    }
    return new KnownFailures(reasons);
  }

  /** Why {@code name} is known to fail, if it is. */
  public Optional<String> reason(String name) {
    return Optional.ofNullable(reasons.get(name));
  }
}
