package dev.lowpass.ir.text;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.text.grammar.IrParser.ConstantContext;
import dev.lowpass.ir.text.grammar.IrParser.NumberContext;
import dev.lowpass.ir.text.grammar.IrParser.RunContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Reads constants: lists of numbers, names of the side file, and the generated {@code random} and {@code splat}. */
final class ConstantReader {
  /** The most elements that one text may have for all constants that are not in the side file: 64 MiB of f32. */
  static final int MAX_WRITTEN = 1 << 24;

  private final SourceFile source;
  private final Map<String, Tensor> constants;
  private final TypeReader types;
  private long written;

  ConstantReader(SourceFile source, Map<String, Tensor> constants) {
    this.source = source;
    this.constants = constants;
    this.types = new TypeReader(source);
  }

  Tensor read(ConstantContext constant) {
    TensorType type = types.read(constant.type());
    Token at = constant.type().start;
    if (!type.isSpatial()) {
      throw source.error("LP2015", at, "a constant is spatial, not " + type);
    }
    if (constant.SYMBOL() != null) {
      return named(constant.SYMBOL().getSymbol(), type);
    }
    reserve(type, at);
    if (constant.random() != null) {
      return random(constant, type);
    }
    if (constant.splat() != null) {
      Elements elements = new Elements(type);
      elements.add(constant.splat().number(), (int) type.shape().elements());
      return elements.tensor();
    }
    return listed(constant, type);
  }

  /** A constant of the side file. */
  Tensor named(Token symbol) {
    String name = source.name(symbol);
    @Nullable Tensor tensor = constants.get(name);
    if (tensor == null) {
      String nearest = NearestName.among(constants.keySet(), name).map(ConstantReader::suggestion).orElse("");
      throw source.error("LP2015", symbol, "no constant " + Names.signed('@', name) + " in the side file" + nearest);
    }
    return tensor;
  }

  private static String suggestion(String known) {
    return "; the nearest is " + Names.signed('@', known);
  }

  private Tensor named(Token symbol, TensorType type) {
    Tensor tensor = named(symbol);
    if (!tensor.type().equals(type)) {
      throw source.error("LP2015", symbol, "constant " + symbol.getText() + " is " + tensor.type() + ", not " + type);
    }
    return tensor;
  }

  private void reserve(TensorType type, Token at) {
    written += type.shape().elements();
    if (written > MAX_WRITTEN) {
      throw source.error(
          "LP2016", at, "constants of %d elements in one text; the most is %d".formatted(written, MAX_WRITTEN));
    }
  }

  private Tensor random(ConstantContext constant, TensorType type) {
    if (type.element() != ElementType.F32) {
      throw source.error("LP2015", constant.random().start, "random numbers are f32, not " + type.element());
    }
    Token seed = constant.random().INTEGER().getSymbol();
    return new RandomConstant(integer(seed)).of(type.shape());
  }

  private Tensor listed(ConstantContext constant, TensorType type) {
    Elements elements = new Elements(type);
    List<RunContext> runs = constant.list().run();
    for (RunContext run : runs) {
      int left = elements.left();
      int count = run.INTEGER() == null ? 1 : RunList.length(source, "LP2016", run.INTEGER().getSymbol(), MAX_WRITTEN);
      if (count > left) {
        throw source.error(
            "LP2015", run.start, "more numbers than the %d of %s".formatted(type.shape().elements(), type));
      }
      elements.add(run.number(), count);
    }
    if (elements.left() > 0) {
      long elementCount = type.shape().elements();
      throw source.error(
          "LP2015",
          constant.list().start,
          "%d numbers for the %d of %s".formatted(elementCount - elements.left(), elementCount, type));
    }
    return elements.tensor();
  }

  private long integer(Token token) {
    try {
      return Long.parseLong(token.getText());
    } catch (NumberFormatException e) {
      throw source.syntaxError(token, "an integer that does not fit 64 bits");
    }
  }

  /** A number of f32, in which everything is computed; rounded once, so that printed numbers read back exactly. */
  static float real(String text) {
    return switch (text) {
      case "inf", "Infinity" -> Float.POSITIVE_INFINITY;
      case "-inf", "-Infinity" -> Float.NEGATIVE_INFINITY;
      case "nan", "NaN" -> Float.NaN;
      default -> Float.parseFloat(text);
    };
  }

  /** The elements of one constant while they are read. */
  private final class Elements {
    private final TensorType type;
    private final float[] floats;
    private final long[] integers;
    private int filled;

    Elements(TensorType type) {
      int size = (int) type.shape().elements();
      this.type = type;
      this.floats = new float[type.element().isFloating() ? size : 0];
      this.integers = new long[type.element().isFloating() ? 0 : size];
    }

    int left() {
      return (int) type.shape().elements() - filled;
    }

    void add(NumberContext number, int count) {
      if (type.element().isFloating()) {
        Arrays.fill(floats, filled, filled + count, type.element().rounded(real(number.getText())));
      } else if (number.REAL() == null) {
        Arrays.fill(integers, filled, filled + count, inRange(number.start));
      } else {
        throw source.error("LP2015", number.start, "expected an integer for " + type + ", found " + number.getText());
      }
      filled += count;
    }

    private long inRange(Token token) {
      long value = integer(token);
      if (!type.element().holds(value)) {
        throw source.error("LP2015", token, value + " is not a number of " + type.element());
      }
      return value;
    }

    Tensor tensor() {
      return type.element().isFloating()
          ? Tensor.ofFloats(type.element(), floats, type.shape())
          : Tensor.ofIntegers(type.element(), integers, type.shape());
    }
  }
}
