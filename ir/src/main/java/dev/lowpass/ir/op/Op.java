package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * What a node does. Records hold attributes only; operands are the node's.
 *
 * <p>Passes ask an operator what it does with channels and with coefficients, and switch over families of operators.
 * To add one: write its record, name it in its family and in {@link Operators}; the compiler then points to what it must
 * answer and to the switches over all operators, which have no default.
 */
public sealed interface Op
    permits Constant,
        Layer,
        MatrixProduct,
        BlockTransform,
        Scalar,
        BatchNormalization,
        Pool,
        Resize,
        Softmax,
        Rearrangement,
        Opaque {

  /** The operator's word in IR text, for instance {@code pointwise}. */
  String mnemonic();

  /** The attributes that print, in order; those at their default value are left out. */
  Attributes attributes();

  /**
   * The result type for operands of these types.
   *
   * @throws IllegalArgumentException if the operands do not fit; the message says both sides
   */
  TensorType infer(List<TensorType> operands);

  /** What it makes of the channels of operands of these types, whose first is an image, as its result is. */
  ChannelUse channels(List<TensorType> operands);

  /** What it would do with coefficients, for operands of these shapes. */
  CoefficientUse coefficients(List<TensorType> operands);
}
