package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * What a node does. Records hold attributes only; operands are the node's.
 *
 * <p>To add an operator: write its record, name it here and in {@link Operators}; the compiler then points to the
 * interpreter and the lowering, whose switches have no default.
 */
public sealed interface Op
    permits Constant,
        Pointwise,
        Depthwise,
        Convolution,
        MatrixProduct,
        Dct,
        Idct,
        Elementwise,
        Binary,
        BatchNormalization,
        GlobalAveragePool,
        AveragePool,
        MaxPool,
        Softmax,
        Pad,
        Concat,
        Slice,
        Transpose,
        Reshape {

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
}
