package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import dev.lowpass.ir.op.MathFunction;

/** Functions of one element without parameters; the gradient of those that round is 0. */
final class MathFunctions {
  private MathFunctions() {}

  static NDArray of(MathFunction.Kind kind, NDArray x) {
    return switch (kind) {
      case ABS -> x.abs();
      case NEG -> x.neg();
      case SIGN -> x.sign();
      case EXP -> x.exp();
      case LOG -> x.log();
      case SQRT -> x.sqrt();
      case RECIPROCAL -> x.pow(-1);
      case FLOOR -> x.floor();
      case CEIL -> x.ceil();
      case ROUND -> x.round();
      case SIN -> x.sin();
      case COS -> x.cos();
      case TAN -> x.tan();
      case ASIN -> x.asin();
      case ACOS -> x.acos();
      case ATAN -> x.atan();
      case SINH -> x.sinh();
      case COSH -> x.cosh();
      case TANH -> x.tanh();
      case ASINH -> asinh(x);
      case ACOSH -> x.square().sub(1).sqrt().add(x).log();
      case ATANH -> x.add(1).div(x.neg().add(1)).log().mul(0.5);
      case ERF -> x.erf();
      case GELU -> x.div(Math.sqrt(2)).erf().add(1).mul(x).mul(0.5);
      case GELU_TANH ->
          x.mul(Activation.sigmoid(x.square().mul(0.044715).add(1).mul(x).mul(2 * Math.sqrt(2 / Math.PI))));
      case SOFTPLUS -> softplus(x);
      case SOFTSIGN -> x.div(x.abs().add(1));
      case MISH -> x.mul(softplus(x).tanh());
      case SWISH -> x.mul(Activation.sigmoid(x));
    };
  }

  private static NDArray asinh(NDArray x) {
    NDArray magnitude = x.abs();
    return magnitude.square().add(1).sqrt().add(magnitude).log().mul(x.sign());
  }

  private static NDArray softplus(NDArray x) {
    return Activation.relu(x).add(x.abs().neg().exp().add(1).log());
  }
}
