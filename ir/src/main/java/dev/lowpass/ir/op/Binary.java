package dev.lowpass.ir.op;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Locale;

/**
 * An element by element function of two operands, broadcast as in ONNX.
 *
 * <p>On coefficients two forms have a meaning: {@code add} and {@code sub} of two tensors of one shape and grid; and
 * {@code mul} and {@code div} by a spatial scale [N or 1, C, 1, 1], one factor a channel (squeeze-excite). Adding a
 * spatial constant [1, C, 1, 1] to coefficients adds sqrt(block size) times it at DC.
 */
public record Binary(Kind kind) implements Scalar {
  /** The functions. */
  public enum Kind {
    ADD,
    SUB,
    MUL,
    DIV,
    MIN,
    MAX,
    POW,
    /** What a division that rounds down leaves: of the divisor's sign; of integers, by 0 the dividend. */
    MOD,
    /** What a division that rounds towards zero leaves: of the dividend's sign. Of integers by 0, the dividend. */
    REMAINDER,
    /** a where it is at least 0, else a · b. */
    PRELU;

    public double apply(double a, double b) {
      return switch (this) {
        case ADD -> a + b;
        case SUB -> a - b;
        case MUL -> a * b;
        case DIV -> a / b;
        case MIN -> Math.min(a, b);
        case MAX -> Math.max(a, b);
        case POW -> Math.pow(a, b);
        case MOD -> floorMod(a % b, b);
        case REMAINDER -> a % b;
        case PRELU -> a < 0 ? a * b : a;
      };
    }

    private static double floorMod(double remainder, double divisor) {
      return remainder != 0 && remainder < 0 != divisor < 0 ? remainder + divisor : remainder;
    }
  }

  public static Binary add() {
    return new Binary(Kind.ADD);
  }

  public static Binary mul() {
    return new Binary(Kind.MUL);
  }

  @Override
  public String mnemonic() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Attributes attributes() {
    return Attributes.none();
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 2, 2);
    TensorType a = operands.get(0);
    TensorType b = operands.get(1);
    if (a.element() != b.element()) {
      throw new IllegalArgumentException("operands of types " + a.element() + " and " + b.element());
    }
    if (kind == Kind.MOD && a.element().isFloating()) {
      throw new IllegalArgumentException("mod of " + a.element() + "; remainder is of numbers with fractions too");
    }
    if (a.isSpatial() && b.isSpatial()) {
      return a.withShape(Shape.broadcast(a.shape(), b.shape()));
    }
    if (!a.isSpatial() && !b.isSpatial()) {
      return sumOfCoefficients(a, b);
    }
    return coefficientsAndChannelValues(a, b);
  }

  private TensorType sumOfCoefficients(TensorType a, TensorType b) {
    boolean linear = kind == Kind.ADD || kind == Kind.SUB;
    if (!linear || !a.shape().equals(b.shape()) || !a.frequency().sameGrid(b.frequency())) {
      throw new IllegalArgumentException("no " + mnemonic() + " of coefficients " + a + " and " + b);
    }
    return a.withDomain(a.frequency().withBands(Bands.union(a.frequency().bands(), b.frequency().bands())));
  }

  private TensorType coefficientsAndChannelValues(TensorType a, TensorType b) {
    TensorType coefficients = a.isSpatial() ? b : a;
    TensorType values = a.isSpatial() ? a : b;
    boolean meaningful =
        switch (kind) {
          case ADD, MUL -> true;
          case SUB, DIV -> !a.isSpatial();
          case MIN, MAX, POW, MOD, REMAINDER, PRELU -> false;
        };
    if (!meaningful || !isOneAChannel(values.shape(), coefficients.shape())) {
      throw new IllegalArgumentException("no " + mnemonic() + " of coefficients " + coefficients + " and " + values);
    }
    if (kind == Kind.MUL || kind == Kind.DIV) {
      return coefficients;
    }
    Domain.Frequency frequency = coefficients.frequency();
    Bands withDc = Bands.union(frequency.bands(), Bands.full(coefficients.shape().dim(1), 1));
    return coefficients.withDomain(frequency.withBands(withDc));
  }

  /** Whether {@code values} broadcasts to {@code image} with one value a channel: [1 or N, C, 1, 1] or [C, 1, 1]. */
  public static boolean isOneAChannel(Shape values, Shape image) {
    int rank = values.rank();
    boolean channels = rank >= 3 && rank <= 4 && values.dim(-1) == 1 && values.dim(-2) == 1;
    return channels
        && (values.dim(-3) == image.dim(1) || values.dim(-3) == 1)
        && (rank == 3 || values.dim(0) == 1 || values.dim(0) == image.dim(0));
  }

  @Override
  public ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.BROADCAST;
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    Shape a = operands.get(0).shape();
    Shape b = operands.get(1).shape();
    boolean sum = kind == Kind.ADD || kind == Kind.SUB;
    boolean scale = kind == Kind.MUL || kind == Kind.DIV;
    boolean symmetric = kind == Kind.ADD || kind == Kind.MUL;
    if (sum && sameImage(a, b)) {
      return new CoefficientUse.Commutes(List.of(0, 1));
    }
    if ((sum || scale) && channelValues(a, b)) {
      return new CoefficientUse.Commutes(List.of(0));
    }
    return symmetric && channelValues(b, a) ? new CoefficientUse.Commutes(List.of(1)) : CoefficientUse.NONE;
  }

  private static boolean sameImage(Shape a, Shape b) {
    return a.rank() == 4 && a.equals(b) && a.dim(2) * a.dim(3) > 1;
  }

  private static boolean channelValues(Shape image, Shape values) {
    return image.rank() == 4 && image.dim(2) * image.dim(3) > 1 && isOneAChannel(values, image);
  }
}
