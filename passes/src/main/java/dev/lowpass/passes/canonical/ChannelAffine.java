package dev.lowpass.passes.canonical;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/** y[n, c, ·] = scale[c] · input[n, c, ·] + shift[c], with constants in double precision. */
record ChannelAffine(Value input, double[] scale, double[] shift) {

  private static ChannelAffine of(Value input, IntToDoubleFunction scale, IntToDoubleFunction shift) {
    double[] scales = new double[input.type().shape().dim(1)];
    double[] shifts = new double[scales.length];
    Arrays.setAll(scales, scale);
    Arrays.setAll(shifts, shift);
    return new ChannelAffine(input, scales, shifts);
  }

  /** A batch normalisation with constant parameters as scale and shift. */
  static Optional<ChannelAffine> ofNormalization(Node node, BatchNormalization normalization, GraphIndex index) {
    if (node.operands().stream().skip(1).anyMatch(operand -> index.constant(operand).isEmpty())) {
      return Optional.empty();
    }
    Tensor scale = index.constant(node.operand(1)).orElseThrow();
    Tensor bias = index.constant(node.operand(2)).orElseThrow();
    Tensor mean = index.constant(node.operand(3)).orElseThrow();
    Tensor variance = index.constant(node.operand(4)).orElseThrow();
    IntToDoubleFunction factor = c -> scale.at(c) / Math.sqrt(variance.at(c) + normalization.epsilon());
    return Optional.of(
        of(node.operand(0), factor, c -> bias.at(c) - mean.at(c) * factor.applyAsDouble(c)));
  }

  /** A sum, difference, product or quotient of an image and constants, one a channel or one for all. */
  static Optional<ChannelAffine> ofBinary(Node node, Binary binary, GraphIndex index) {
    boolean constantLast = index.constant(node.operand(1)).isPresent();
    Value input = node.operand(constantLast ? 0 : 1);
    Optional<Tensor> constant = index.constant(node.operand(constantLast ? 1 : 0));
    if (constant.isEmpty() || !isOneAChannel(constant.get(), input.type()) || !node.type().equals(input.type())) {
      return Optional.empty();
    }
    IntToDoubleFunction k = c -> constant.get().at(constant.get().shape().elements() == 1 ? 0 : c);
    return switch (binary.kind()) {
      case ADD -> Optional.of(of(input, c -> 1, k));
      case SUB -> Optional.of(constantLast ? of(input, c -> 1, c -> -k.applyAsDouble(c)) : of(input, c -> -1, k));
      case MUL -> Optional.of(of(input, k, c -> 0));
      case DIV -> constantLast ? Optional.of(of(input, c -> 1 / k.applyAsDouble(c), c -> 0)) : Optional.empty();
      case MIN, MAX, POW, MOD, REMAINDER, PRELU -> Optional.empty();
    };
  }

  private static boolean isOneAChannel(Tensor constant, TensorType image) {
    Shape shape = constant.shape();
    boolean map = image.isSpatial() && image.shape().rank() == 4 && constant.type().element().isFloating();
    return map
        && (shape.elements() == 1
            || shape.elements() == image.shape().dim(1) && Binary.isOneAChannel(shape, image.shape()));
  }

  boolean hasShift() {
    return Arrays.stream(shift).anyMatch(value -> value != 0);
  }
}
