package dev.lowpass.ir.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * A list of integers that is written run by run, {@code [49*120, 10]}. Its length is checked before a run is expanded.
 */
public final class RunList {
  private final SourceFile source;
  private final String limitCode;
  private final int limit;
  private final List<Integer> values = new ArrayList<>();

  /** A list of at most {@code limit} integers; more are an error of code {@code limitCode}. */
  public RunList(SourceFile source, String limitCode, int limit) {
    this.source = source;
    this.limitCode = limitCode;
    this.limit = limit;
  }

  /** Appends {@code value}, {@code count} times if that is written. */
  public void add(Token value, @Nullable Token count) {
    int length = count == null ? 1 : length(source, limitCode, count, limit);
    long total = values.size() + (long) length;
    if (total > limit) {
      throw source.error(limitCode, value, "a list of " + total + " numbers; the most is " + limit);
    }
    values.addAll(Collections.nCopies(length, source.integer(value)));
  }

  public List<Integer> values() {
    return List.copyOf(values);
  }

  /** The length of a run, 1 to {@code limit}. */
  static int length(SourceFile source, String limitCode, Token count, int limit) {
    int length;
    try {
      length = Integer.parseInt(count.getText());
    } catch (NumberFormatException e) {
      length = Integer.MAX_VALUE;
    }
    if (length < 1 || length > limit) {
      throw source.error(limitCode, count, "a run of " + count.getText() + " numbers; runs have 1 to " + limit);
    }
    return length;
  }
}
