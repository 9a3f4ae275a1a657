package dev.lowpass.ir.limit;

import dev.lowpass.ir.LowpassException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How large things may be; {@link Limit} says which things.
 *
 * @param asked those that are not as usual
 */
public record Limits(Map<Limit, Long> asked) {
  private static final Limits USUAL = new Limits(Map.of());

  public Limits {
    EnumMap<Limit, Long> copy = new EnumMap<>(Limit.class);
    copy.putAll(asked);
    asked = Collections.unmodifiableMap(copy);
  }

  /** What fits the networks that there are, and a machine of some gigabytes. */
  public static Limits usual() {
    return USUAL;
  }

  /**
   * With another value of one limit.
   *
   * @throws IllegalArgumentException for less than 1, or more than {@link Limit#most}
   */
  public Limits with(Limit limit, long value) {
    if (value < 1 || value > limit.most()) {
      throw new IllegalArgumentException(limit.word() + " is a number of " + limit.unit() + " from 1 to " + limit.most());
    }
    Map<Limit, Long> changed = new EnumMap<>(Limit.class);
    changed.putAll(asked);
    changed.put(limit, value);
    return new Limits(changed);
  }

  public long of(Limit limit) {
    return asked.getOrDefault(limit, limit.usual());
  }

  public boolean allows(Limit limit, long found) {
    return found <= of(limit);
  }

  /**
   * Holds a size against its limit.
   *
   * @param what has that size, as the message begins: {@code "input 'x'"}
   * @throws LowpassException LP1012 at {@code place} if it is too large, with both sides and the option that takes more
   */
  public void check(Limit limit, String place, String what, long found) {
    if (!allows(limit, found)) {
      throw beyond(limit, place, what, Long.toString(found), found <= limit.most());
    }
  }

  /**
   * Holds a size against the usual limit, where no option moves it: the message has no remedy.
   *
   * @throws LowpassException as {@link #check}
   */
  public static void checkFixed(Limit limit, String place, String what, long found) {
    if (!USUAL.allows(limit, found)) {
      throw USUAL.beyond(limit, place, what, Long.toString(found), false);
    }
  }

  /**
   * Holds the shape of a tensor against both of its limits. The number of elements is exact, however large.
   *
   * @throws LowpassException as {@link #check}
   */
  public void checkShape(String place, String what, List<? extends Number> dims) {
    check(Limit.RANK, place, what, dims.size());
    long elements = dims.stream().anyMatch(dim -> dim.longValue() == 0) ? 0 : 1;
    for (Number dim : dims) {
      long high = Math.multiplyHigh(elements, dim.longValue());
      elements *= dim.longValue();
      if (high != 0 || elements < 0) {
        throw beyond(Limit.ELEMENTS, place, what + " of shape " + dims, "more than " + Long.MAX_VALUE, false);
      }
    }
    check(Limit.ELEMENTS, place, what + " of shape " + dims, elements);
  }

  private LowpassException beyond(Limit limit, String place, String what, String found, boolean raisable) {
    String problem = "%s has %s %s, but at most %d are taken".formatted(what, found, limit.unit(), of(limit));
    String remedy = raisable ? "; --limit %s=%s takes it".formatted(limit.word(), found) : "";
    return new LowpassException("LP1012", place, problem + remedy);
  }
}
