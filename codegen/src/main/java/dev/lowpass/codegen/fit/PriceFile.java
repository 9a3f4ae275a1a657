package dev.lowpass.codegen.fit;

import dev.lowpass.codegen.tune.Circumstances;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.FileProblem;
import dev.lowpass.ir.file.InputFile;
import dev.lowpass.passes.cost.CostTerm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Prices as text, a name and a value a line. Nanoseconds come last, one line a term.
 *
 * <pre>
 * lowpass prices 1
 * processor AMD EPYC, 2 of them, flags #0f1e2d3c4b5a6978
 * target cpu:zen4
 * kernels #0f1e2d3c4b5a6978
 * measured 2026-11-30
 * steps 148
 * median-error 0.021
 * ninetieth-error 0.092
 * product 0.268
 * far-weights 1.22
 * …
 * </pre>
 */
public final class PriceFile {
  private static final String HEADER = "lowpass prices 1";
  private static final int MOST_BYTES = 1 << 16;

  private PriceFile() {}

  /**
   * Reads a file.
   *
   * @throws LowpassException LP4018 where it is not there, or holds something else
   */
  public static MeasuredPrices read(Path file) {
    try {
      InputFile.require(file);
      if (Files.size(file) > MOST_BYTES) {
        throw broken(file.toString(), "more than " + MOST_BYTES + " bytes");
      }
      return parse(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      throw broken(file.toString(), "there is no such file");
    } catch (IOException e) {
      throw broken(file.toString(), "cannot be read: " + FileProblem.of(e));
    }
  }

  /**
   * Reads text.
   *
   * @param place of the text, for messages
   * @throws LowpassException LP4018 for text of another form
   */
  static MeasuredPrices parse(String text, String place) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      throw broken(place, "does not begin with '" + HEADER + "'");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int space = line.indexOf(' ');
      if (space < 1 || values.put(line.substring(0, space), line.substring(space + 1)) != null) {
        throw broken(place, "'" + line + "' is no name and value, or comes twice");
      }
    }
    return new Fields(place, values).prices();
  }

  static String print(MeasuredPrices prices) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    prices.circumstances().lines().forEach(line -> text.append(line).append('\n'));
    text.append("measured ").append(prices.date()).append('\n');
    text.append("steps ").append(prices.errors().steps()).append('\n');
    text.append("median-error ").append(number(prices.errors().median())).append('\n');
    text.append("ninetieth-error ").append(number(prices.errors().ninetieth())).append('\n');
    prices
        .nanoseconds()
        .forEach((term, price) -> text.append(term.word()).append(' ').append(number(price)).append('\n'));
    return text.toString();
  }

  static byte[] bytes(MeasuredPrices prices) {
    return print(prices).getBytes(StandardCharsets.UTF_8);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static LowpassException broken(String place, String problem) {
    String remedy = "; 'lowpass doctor --measure' writes such a file";
    return new LowpassException("LP4018", place, "not a file of prices: " + problem + remedy);
  }

  /** What stands behind each name; all names must be known. */
  private record Fields(String place, Map<String, String> values) {
    MeasuredPrices prices() {
      Circumstances circumstances = new Circumstances(take("processor"), take("target"), take("kernels"));
      LocalDate date = take("measured", LocalDate::parse);
      FitErrors errors =
          new FitErrors(
              take("steps", Integer::parseInt),
              take("median-error", this::price),
              take("ninetieth-error", this::price));
      Map<CostTerm, Double> nanoseconds = new EnumMap<>(CostTerm.class);
      for (CostTerm term : CostTerm.values()) {
        nanoseconds.put(term, take(term.word(), this::price));
      }
      if (!values.isEmpty()) {
        throw broken(place, "'" + values.keySet().iterator().next() + "' is none of its names");
      }
      return new MeasuredPrices(circumstances, date, nanoseconds, errors);
    }

    private double price(String text) {
      double price = Double.parseDouble(text);
      if (!(price >= 0) || Double.isInfinite(price)) {
        throw new NumberFormatException(text);
      }
      return price;
    }

    private String take(String name) {
      return take(name, text -> text);
    }

    private <T> T take(String name, Function<String, T> reader) {
      String text = values.remove(name);
      if (text == null) {
        throw broken(place, "'" + name + "' is missing");
      }
      try {
        return reader.apply(text);
      } catch (NumberFormatException | DateTimeParseException e) {
        throw broken(place, "'%s %s' cannot be right".formatted(name, text));
      }
    }
  }
}
