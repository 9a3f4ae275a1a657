package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import java.util.List;

/** Constant in its forms: a tensor, a number or a list of numbers. Strings and sparse tensors are not supported. */
final class ConstantImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    OnnxAttributes attributes = node.attributes();
    if (attributes.has("value")) {
      node.result(node.decode(attributes.tensor("value").orElseThrow()));
    } else if (attributes.has("value_float")) {
      node.result(Tensor.of(new float[] {attributes.real("value_float", 0)}));
    } else if (attributes.has("value_floats")) {
      List<Float> values = attributes.reals("value_floats").orElseThrow();
      float[] floats = new float[values.size()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = values.get(i);
      }
      node.result(Tensor.of(floats, floats.length));
    } else if (attributes.has("value_int")) {
      node.result(Tensor.ofIntegers(ElementType.I64, new long[] {attributes.integer("value_int", 0)}, Shape.of()));
    } else if (attributes.has("value_ints")) {
      long[] values = attributes.integers("value_ints").orElseThrow().stream().mapToLong(Long::longValue).toArray();
      node.result(Tensor.ofIntegers(ElementType.I64, values, Shape.of(values.length)));
    } else {
      throw node.unsupported("a sparse or text value");
    }
  }
}
