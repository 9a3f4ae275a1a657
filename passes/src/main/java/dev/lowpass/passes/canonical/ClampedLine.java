package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.BlockTransform;
import dev.lowpass.ir.op.Clamp;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Opaque;
import dev.lowpass.ir.op.Pool;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * min(max(slope · x + offset, low), high) for every element x of {@code source}, with slope not 0 and low at most high.
 * Sums, products, minima and maxima with one number, relu, clip and hard sigmoid are such functions, and so is any
 * chain of them.
 */
record ClampedLine(Value source, double slope, double offset, double low, double high) {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Models hold constants rounded. */
  private static final double ROUNDING = 1e-6;

  /** Whether {@code value} is {@code expected} but for rounding. */
  static boolean near(double value, double expected) {
    return Math.abs(value - expected) <= ROUNDING;
  }

  /** x itself. */
  static ClampedLine identity(Value value) {
    return new ClampedLine(value, 1, 0, -INFINITY, INFINITY);
  }

  /**
   * {@code value} as a function of itself, of its producer's operand, of that one's, and so on while the chain lasts.
   */
  static List<ClampedLine> endingAt(Value value, GraphIndex index) {
    List<ClampedLine> lines = new ArrayList<>();
    Optional<ClampedLine> line = Optional.of(identity(value));
    while (line.isPresent()) {
      ClampedLine last = line.get();
      lines.add(last);
      line = index.producer(last.source()).flatMap(node -> ofNode(node, index)).map(last::after);
    }
    return lines;
  }

  private static Optional<ClampedLine> ofNode(Node node, GraphIndex index) {
    if (node.operands().isEmpty() || !node.type().element().isFloating() || !node.type().isSpatial()) {
      return Optional.empty();
    }
    return switch (node.op()) {
      case Elementwise function -> function.clamp().map(clamp -> ofClamp(node.operand(0), clamp));
      case Binary binary -> ofBinary(node, binary.kind(), index);
      case Constant _, Layer _, MatrixProduct _, BatchNormalization _, Pool _, Softmax _ -> Optional.empty();
      case BlockTransform _, Resize _, Rearrangement _, Opaque _ -> Optional.empty();
    };
  }

  private static ClampedLine ofClamp(Value x, Clamp clamp) {
    return new ClampedLine(x, clamp.slope(), clamp.offset(), clamp.low(), clamp.high());
  }

  private static Optional<ClampedLine> ofBinary(Node node, Binary.Kind kind, GraphIndex index) {
    boolean numberLast = index.scalar(node.operand(1)).isPresent();
    Value x = node.operand(numberLast ? 0 : 1);
    Optional<Double> number = index.scalar(node.operand(numberLast ? 1 : 0)).filter(Double::isFinite);
    if (number.isEmpty() || !x.type().equals(node.type())) {
      return Optional.empty();
    }
    double k = number.get();
    return switch (kind) {
      case ADD -> line(x, 1, k);
      case SUB -> numberLast ? line(x, 1, -k) : line(x, -1, k);
      case MUL -> line(x, k, 0);
      case DIV -> numberLast ? line(x, 1 / k, 0) : Optional.empty();
      case MIN -> Optional.of(clamp(x, -INFINITY, k));
      case MAX -> Optional.of(clamp(x, k, INFINITY));
      case POW, MOD, REMAINDER, PRELU -> Optional.empty();
    };
  }

  private static Optional<ClampedLine> line(Value x, double slope, double offset) {
    boolean usable = slope != 0 && Double.isFinite(slope);
    return usable ? Optional.of(new ClampedLine(x, slope, offset, -INFINITY, INFINITY)) : Optional.empty();
  }

  private static ClampedLine clamp(Value x, double low, double high) {
    return new ClampedLine(x, 1, 0, low, high);
  }

  /** This function of {@code inner}'s result, as a function of {@code inner}'s source. */
  private ClampedLine after(ClampedLine inner) {
    double first = bounded(slope * (slope > 0 ? inner.low : inner.high) + offset);
    double last = bounded(slope * (slope > 0 ? inner.high : inner.low) + offset);
    return new ClampedLine(inner.source, slope * inner.slope, slope * inner.offset + offset, first, last);
  }

  private double bounded(double y) {
    return Math.min(Math.max(y, low), high);
  }

  /** This function times {@code factor}, which is positive. */
  ClampedLine times(double factor) {
    return new ClampedLine(source, factor * slope, factor * offset, factor * low, factor * high);
  }

  boolean isUnbounded() {
    return low == -INFINITY && high == INFINITY;
  }
}
