package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Indexed;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Opaque;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Scalar;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.Transpose;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The operators of shape arithmetic and of weight preparation, computed on constants: data movement and functions of
 * elements. Their work is proportional to their result, so that a small file cannot ask for much; the others wait for
 * the passes.
 */
final class ConstantFolding {
  /** Elements of which one number is made at import: products and maxima of shapes are. */
  private static final int MOST_REDUCED = 1 << 12;

  private ConstantFolding() {}

  /** The result of {@code op} on constants, if it is folded at import. */
  static Optional<Tensor> evaluate(Op op, List<Tensor> operands) {
    if (!operands.stream().allMatch(ConstantFolding::isExact)) {
      return Optional.empty();
    }
    return switch (op) {
      case Reshape reshape -> Optional.of(operands.getFirst().reshaped(reshape.shape()));
      case ChannelGather _, DepthToSpace _, Transpose _, Slice _, Concat _, Expand _, Pad _, Indexed _, Scalar _ ->
          Optional.of(Interpreter.evaluate(op, operands));
      case Constant _, Pointwise _, Depthwise _, Convolution _, MatrixProduct _, Dct _, Idct _ -> Optional.empty();
      case BatchNormalization _, GlobalAveragePool _, AveragePool _, MaxPool _, Softmax _ -> Optional.empty();
      case Reduce _ when operands.getFirst().shape().elements() <= MOST_REDUCED ->
          Optional.of(Interpreter.evaluate(op, operands));
      case Resize _ -> Optional.empty();
      case Opaque _ -> Optional.empty();
    };
  }

  /** Whether double precision, in which the interpreter computes, holds every number. */
  private static boolean isExact(Tensor tensor) {
    return tensor.type().element().isFloating()
        || Arrays.stream(tensor.integers()).allMatch(integer -> (long) (double) integer == integer);
  }
}
