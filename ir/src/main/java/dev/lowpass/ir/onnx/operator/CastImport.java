package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.onnx.tensor.Encoding;
import java.util.Optional;

/** Cast of constants, and between floating-point types, which are all computed in f32. */
final class CastImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    int to = Math.toIntExact(node.attributes().integer("to", 0));
    ElementType element =
        Encoding.of(to).map(Encoding::element).orElseThrow(() -> node.unsupported("target type " + to));
    Value operand = node.operand(0);
    if (operand.type().element() == element) {
      node.alias(operand);
      return;
    }
    Optional<Tensor> tensor = node.tensor(operand);
    if (tensor.isEmpty()) {
      throw node.unsupported("a target type " + element + " at run time");
    }
    node.spend(tensor.get().shape(), !element.isFloating());
    node.result(cast(tensor.get(), element));
  }

  /**
   * The elements as {@code element}: towards zero from floating-point numbers, low bits of integers that do not fit.
   */
  static Tensor cast(Tensor tensor, ElementType element) {
    int elements = (int) tensor.shape().elements();
    if (element.isFloating()) {
      float[] floats = new float[elements];
      for (int i = 0; i < elements; i++) {
        floats[i] = tensor.type().element().isFloating() ? tensor.floats()[i] : tensor.integers()[i];
      }
      return Tensor.of(floats, tensor.shape());
    }
    long[] integers = new long[elements];
    for (int i = 0; i < elements; i++) {
      if (element == ElementType.BOOL) {
        integers[i] = tensor.at(i) == 0 ? 0 : 1;
      } else {
        long whole = tensor.type().element().isFloating() ? (long) tensor.floats()[i] : tensor.integers()[i];
        integers[i] = narrow(whole, element);
      }
    }
    return Tensor.ofIntegers(element, integers, tensor.shape());
  }

  private static long narrow(long value, ElementType element) {
    return switch (element) {
      case I8 -> (byte) value;
      case U8 -> value & 0xFF;
      case I32 -> (int) value;
      case I64, BOOL, F32, F64 -> value;
    };
  }
}
