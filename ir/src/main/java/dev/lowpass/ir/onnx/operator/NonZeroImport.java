package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;

/** NonZero of a constant: the places of elements that are not 0, as [rank, count]. Of others the shape is not known. */
final class NonZeroImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Tensor tensor = node.tensor(node.operand(0)).orElseThrow(() -> SizedByData.refusal(node));
    Shape shape = tensor.shape();
    int elements = (int) shape.elements();
    int count = 0;
    for (int i = 0; i < elements; i++) {
      count += tensor.at(i) != 0 ? 1 : 0;
    }
    node.spend(Shape.of(shape.rank(), count), true);
    long[] places = new long[count * shape.rank()];
    int found = 0;
    for (int i = 0; i < elements; i++) {
      if (tensor.at(i) != 0) {
        int rest = i;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
          places[axis * count + found] = rest % shape.dim(axis);
          rest /= shape.dim(axis);
        }
        found++;
      }
    }
    node.result(Tensor.ofIntegers(ElementType.I64, places, Shape.of(shape.rank(), count)));
  }
}
