package dev.lowpass.ir.onnx.operator;

/**
 * How one ONNX operator is imported. To add one, write its class and name it in {@link OperatorImports}.
 *
 * <p>An implementation may throw {@link IllegalArgumentException}, {@link ArithmeticException} and {@link
 * IndexOutOfBoundsException} for attributes and operands that make no sense; they are reported as error LP1010 at the
 * node.
 */
@FunctionalInterface
public interface OperatorImport {
  /** Defines every output of {@code node} that the model uses. */
  void convert(NodeImport node);
}
