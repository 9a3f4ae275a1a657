package dev.lowpass.ir.onnx;

import static dev.lowpass.ir.onnx.AttributeExport.flag;
import static dev.lowpass.ir.onnx.AttributeExport.text;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Bitwise;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.MathFunction;
import java.util.List;

/** What functions of elements are called in ONNX, and what attributes tell them apart. */
final class FunctionExport {
  private FunctionExport() {}

  static String name(Binary.Kind kind) {
    return switch (kind) {
      case ADD -> "Add";
      case SUB -> "Sub";
      case MUL -> "Mul";
      case DIV -> "Div";
      case MIN -> "Min";
      case MAX -> "Max";
      case POW -> "Pow";
      case MOD, REMAINDER -> "Mod";
      case PRELU -> "PRelu";
    };
  }

  static NodeProto.Builder binary(NodeProto.Builder node, Binary.Kind kind) {
    return kind == Binary.Kind.REMAINDER ? node.addAttribute(flag("fmod", true)) : node;
  }

  static String name(MathFunction.Kind kind) {
    return switch (kind) {
      case ABS -> "Abs";
      case NEG -> "Neg";
      case SIGN -> "Sign";
      case EXP -> "Exp";
      case LOG -> "Log";
      case SQRT -> "Sqrt";
      case RECIPROCAL -> "Reciprocal";
      case FLOOR -> "Floor";
      case CEIL -> "Ceil";
      case ROUND -> "Round";
      case SIN -> "Sin";
      case COS -> "Cos";
      case TAN -> "Tan";
      case ASIN -> "Asin";
      case ACOS -> "Acos";
      case ATAN -> "Atan";
      case SINH -> "Sinh";
      case COSH -> "Cosh";
      case TANH -> "Tanh";
      case ASINH -> "Asinh";
      case ACOSH -> "Acosh";
      case ATANH -> "Atanh";
      case ERF -> "Erf";
      case GELU, GELU_TANH -> "Gelu";
      case SOFTPLUS -> "Softplus";
      case SOFTSIGN -> "Softsign";
      case MISH -> "Mish";
      case SWISH -> "Swish";
    };
  }

  /** A node of its own, but Swish, which came late to ONNX and is written as a product. */
  static NodeProto.Builder function(GraphExport graph, Node node, MathFunction.Kind kind) {
    String x = node.operand(0).name();
    if (kind == MathFunction.Kind.SWISH) {
      return graph.node("Mul", node, List.of(x, graph.intermediate(node, "gate", "Sigmoid", List.of(x))));
    }
    NodeProto.Builder written = graph.node(name(kind), node, List.of(x));
    return kind == MathFunction.Kind.GELU_TANH ? written.addAttribute(text("approximate", "tanh")) : written;
  }

  static String name(Comparison.Kind kind) {
    return switch (kind) {
      case EQUAL -> "Equal";
      case LESS -> "Less";
      case LESS_OR_EQUAL -> "LessOrEqual";
    };
  }

  static String name(Bitwise.Kind kind, ElementType element) {
    String prefix = element == ElementType.BOOL ? "" : "Bitwise";
    return switch (kind) {
      case AND -> prefix + "And";
      case OR -> prefix + "Or";
      case XOR -> prefix + "Xor";
      case SHIFT_LEFT, SHIFT_RIGHT -> "BitShift";
    };
  }

  static NodeProto.Builder bitwise(NodeProto.Builder node, Bitwise.Kind kind) {
    return switch (kind) {
      case AND, OR, XOR -> node;
      case SHIFT_LEFT -> node.addAttribute(text("direction", "LEFT"));
      case SHIFT_RIGHT -> node.addAttribute(text("direction", "RIGHT"));
    };
  }
}
