package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.HardSigmoid;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Sigmoid;
import java.util.Arrays;
import java.util.List;

/** Functions of elements. */
final class Arithmetic {
  private Arithmetic() {}

  static NDArray elementwise(Elementwise function, NDArray x, TorchFunctions functions) {
    return switch (function) {
      case Relu _ -> Activation.relu(x);
      case Clip(float min, float max) -> functions.clip(x, min, max);
      case Sigmoid _ -> Activation.sigmoid(x);
      case HardSigmoid(float alpha, float beta) -> functions.clip(x.mul(alpha).add(beta), 0, 1);
      case HardSwish _ -> functions.hardSwish(x);
      case MathFunction(MathFunction.Kind kind) -> math(kind, x);
    };
  }

  private static NDArray math(MathFunction.Kind kind, NDArray x) {
    return switch (kind) {
      case ABS -> x.abs();
      case NEG -> x.neg();
      case EXP -> x.exp();
      case LOG -> x.log();
      case SQRT -> x.sqrt();
      case RECIPROCAL -> x.pow(-1);
      case TANH -> x.tanh();
      case FLOOR -> x.floor();
      case CEIL -> x.ceil();
    };
  }

  static NDArray binary(Binary.Kind kind, NDArray a, NDArray b) {
    return switch (kind) {
      case ADD -> a.add(b);
      case SUB -> a.sub(b);
      case MUL -> a.mul(b);
      case DIV -> a.div(b);
      case MIN -> a.minimum(b);
      case MAX -> a.maximum(b);
      case POW -> a.pow(b);
    };
  }

  /** Operands: x [N, C, ...], scale, bias, mean and variance [C]. */
  static NDArray normalization(float epsilon, List<NDArray> operands) {
    NDArray x = operands.getFirst();
    Shape channels = channels(x);
    NDArray scale = operands.get(1).div(operands.get(4).add(epsilon).sqrt());
    NDArray bias = operands.get(2).sub(operands.get(3).mul(scale));
    return x.mul(scale.reshape(channels)).add(bias.reshape(channels));
  }

  private static Shape channels(NDArray x) {
    long[] extents = new long[x.getShape().dimension()];
    Arrays.fill(extents, 1);
    extents[1] = x.getShape().get(1);
    return new Shape(extents);
  }
}
