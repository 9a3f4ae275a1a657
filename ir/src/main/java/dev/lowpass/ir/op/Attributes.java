package dev.lowpass.ir.op;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Precision;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Named attributes of an operator in printing order, with typed access for the parser's side. Prints as {@code {a = 1,
 * b = [2, 3]}}.
 */
public record Attributes(SequencedMap<String, Attribute> entries) {
  /** An attribute's value. */
  public sealed interface Attribute {}

  /** A floating-point number. */
  public record Real(double value) implements Attribute {
    @Override
    public String toString() {
      return Float.toString((float) value);
    }
  }

  /** An integer. */
  public record Whole(long value) implements Attribute {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** A list of integers; the parser also accepts runs, {@code 49*120}. */
  public record Wholes(List<Integer> values) implements Attribute {
    @Override
    public String toString() {
      return values.toString();
    }
  }

  /** Thresholds, printed run by run; read back as {@link Wholes}. */
  public record Thresholds(Bands bands) implements Attribute {
    @Override
    public String toString() {
      return bands.toString();
    }
  }

  /** A block size, {@code 7x7}. */
  public record Size(Block block) implements Attribute {
    @Override
    public String toString() {
      return block.toString();
    }
  }

  /** A bare word: {@code zigzag}, {@code true}. */
  public record Word(String text) implements Attribute {
    @Override
    public String toString() {
      return text;
    }
  }

  public Attributes {
    entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
  }

  public static Attributes none() {
    return new Attributes(new LinkedHashMap<>());
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  public Attributes with(String name, Attribute value) {
    LinkedHashMap<String, Attribute> changed = new LinkedHashMap<>(entries);
    changed.put(name, value);
    return new Attributes(changed);
  }

  public Attributes with(String name, double value) {
    return with(name, new Real(value));
  }

  public Attributes with(String name, long value) {
    return with(name, new Whole(value));
  }

  public Attributes with(String name, List<Integer> values) {
    return with(name, new Wholes(values));
  }

  public Attributes with(String name, boolean value) {
    return with(name, new Word(Boolean.toString(value)));
  }

  /** With the attribute only if it differs from its default. */
  public Attributes with(String name, List<Integer> values, List<Integer> defaultValues) {
    return values.equals(defaultValues) ? this : with(name, values);
  }

  /** With the attribute only if it differs from its default. */
  public Attributes with(String name, long value, long defaultValue) {
    return value == defaultValue ? this : with(name, value);
  }

  /** With the attribute only if it differs from its default. */
  public Attributes with(String name, boolean value, boolean defaultValue) {
    return value == defaultValue ? this : with(name, value);
  }

  /** With {@code precision}, unless it is single. */
  Attributes with(Precision precision) {
    return precision == Precision.FLOAT32 ? this : with("precision", new Word(precision.toString()));
  }

  public double real(String name) {
    return switch (required(name)) {
      case Real real -> real.value();
      case Whole whole -> whole.value();
      case Attribute other -> throw wrong(name, "a number", other);
    };
  }

  public int whole(String name) {
    if (required(name) instanceof Whole whole) {
      return Math.toIntExact(whole.value());
    }
    throw wrong(name, "an integer", required(name));
  }

  public int whole(String name, int defaultValue) {
    return entries.containsKey(name) ? whole(name) : defaultValue;
  }

  public List<Integer> wholes(String name) {
    return switch (required(name)) {
      case Wholes wholes -> wholes.values();
      case Thresholds thresholds -> thresholds.bands().keep();
      case Attribute other -> throw wrong(name, "a list of integers", other);
    };
  }

  public List<Integer> wholes(String name, List<Integer> defaultValues) {
    return entries.containsKey(name) ? wholes(name) : defaultValues;
  }

  public Optional<Bands> bands(String name) {
    return entries.containsKey(name) ? Optional.of(new Bands(wholes(name))) : Optional.empty();
  }

  public Block block(String name) {
    if (required(name) instanceof Size size) {
      return size.block();
    }
    throw wrong(name, "a block size such as 7x7", required(name));
  }

  public CoefficientOrder order(String name) {
    return word(name, CoefficientOrder::parse, "zigzag, diagonal or square");
  }

  /** In which a layer multiplies; single where nothing is said. */
  Precision precision() {
    return entries.containsKey("precision")
        ? word("precision", Attributes::precision, "one of " + Precision.words())
        : Precision.FLOAT32;
  }

  private static Precision precision(String word) {
    return Precision.of(word)
        .orElseThrow(() -> new IllegalArgumentException("precision is one of %s, not %s".formatted(Precision.words(), word)));
  }

  /** What {@code parser} makes of a bare word; it throws IllegalArgumentException for those that it does not know. */
  <T> T word(String name, Function<String, T> parser, String expected) {
    if (required(name) instanceof Word word) {
      return parser.apply(word.text());
    }
    throw wrong(name, expected, required(name));
  }

  public boolean flag(String name, boolean defaultValue) {
    if (!entries.containsKey(name)) {
      return defaultValue;
    }
    if (required(name) instanceof Word word && (word.text().equals("true") || word.text().equals("false"))) {
      return word.text().equals("true");
    }
    throw wrong(name, "true or false", required(name));
  }

  private Attribute required(String name) {
    Attribute value = entries.get(name);
    if (value == null) {
      throw new IllegalArgumentException("attribute '" + name + "' is missing");
    }
    return value;
  }

  private static IllegalArgumentException wrong(String name, String expected, Attribute found) {
    return new IllegalArgumentException("attribute '" + name + "' is " + expected + ", not " + found);
  }

  @Override
  public String toString() {
    return entries.entrySet().stream()
        .map((Map.Entry<String, Attribute> entry) -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
