package dev.lowpass.passes.pass;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.LowpassException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The options written behind a pass's name, {@code {block=7x7,order=zigzag}}, as text, with typed access for the pass
 * that reads them into its options record. It remembers what was asked for, so that an option that nobody asked for can
 * be reported.
 *
 * <p>Prints as it was written. Not thread-safe.
 */
public final class PassOptions {
  private final String pass;
  private final SequencedMap<String, String> written;
  private final SequencedMap<String, String> known = new LinkedHashMap<>();

  public PassOptions(String pass, SequencedMap<String, String> written) {
    this.pass = pass;
    this.written = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(written));
  }

  /** No options for {@code pass}: every one has its default. */
  public static PassOptions none(String pass) {
    return new PassOptions(pass, new LinkedHashMap<>());
  }

  public boolean isEmpty() {
    return written.isEmpty();
  }

  public int whole(String name, int defaultValue) {
    return read(name, defaultValue, Integer::parseInt, "an integer");
  }

  public double real(String name, double defaultValue) {
    return read(name, defaultValue, Double::parseDouble, "a number");
  }

  public String text(String name, String defaultValue) {
    return read(name, defaultValue, text -> text, "text");
  }

  public boolean flag(String name, boolean defaultValue) {
    return read(name, defaultValue, PassOptions::parseFlag, "true or false");
  }

  public CoefficientOrder order(String name, CoefficientOrder defaultValue) {
    return read(name, defaultValue, CoefficientOrder::parse, "zigzag, diagonal or square");
  }

  public Block block(String name, Block defaultValue) {
    return read(name, defaultValue, PassOptions::parseBlock, "a block size such as 7x7");
  }

  /**
   * The option {@code name} by {@code parser}, which throws IllegalArgumentException for text that is not
   * {@code expected}.
   */
  public <T> T read(String name, T defaultValue, Function<String, T> parser, String expected) {
    return optional(name, defaultValue.toString(), parser, expected).orElse(defaultValue);
  }

  /** The option {@code name} as {@link #read} reads it, or nothing, which means what {@code absent} says. */
  public <T> Optional<T> optional(String name, String absent, Function<String, T> parser, String expected) {
    known.put(name, absent);
    String text = written.get(name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP3004", pass, "option " + name + " is '" + text + "'; it is " + expected, e);
    }
  }

  /** The options that were asked for so far, with their defaults: after the pass was made, all that it has. */
  public SequencedMap<String, String> known() {
    return Collections.unmodifiableSequencedMap(known);
  }

  /** Reports options that the pass never asked for: LP3003 with the nearest that it has. */
  public void checkAllKnown() {
    for (String name : written.keySet()) {
      if (!known.containsKey(name)) {
        String nearest = Nearest.describe(name, known.sequencedKeySet(), "options");
        throw new LowpassException("LP3003", pass, "no option '" + name + "'; " + nearest);
      }
    }
  }

  private static boolean parseFlag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Block parseBlock(String text) {
    int cross = text.indexOf('x');
    if (cross < 0) {
      throw new IllegalArgumentException(text);
    }
    return new Block(Integer.parseInt(text.substring(0, cross)), Integer.parseInt(text.substring(cross + 1)));
  }

  @Override
  public String toString() {
    return written.entrySet().stream()
        .map((Map.Entry<String, String> entry) -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
