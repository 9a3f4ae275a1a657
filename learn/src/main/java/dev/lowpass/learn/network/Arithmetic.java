package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Elu;
import dev.lowpass.ir.op.HardSigmoid;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.LeakyRelu;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Narrowing;
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
      case LeakyRelu(float alpha) -> Activation.relu(x).add(x.minimum(0).mul(alpha));
      case Elu(float alpha, float gamma) ->
          Activation.relu(x).add(x.minimum(0).exp().sub(1).mul(alpha)).mul(gamma);
      // Rounding has no slope: what is trained is what it rounds.
      case Narrowing _ -> x;
      case MathFunction(MathFunction.Kind kind) -> MathFunctions.of(kind, x);
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
      case MOD -> a.mod(b);
      case REMAINDER -> a.sub(a.div(b).trunc().mul(b));
      case PRELU -> Activation.relu(a).add(a.minimum(0).mul(b));
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
