package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.onnx.tensor.Encoding;

/** EyeLike: ones on the diagonal {@code k} of a matrix of the operand's shape, a constant. */
final class EyeLikeImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    if (shape.rank() != 2) {
      throw new IllegalArgumentException("an identity like " + shape + ", which is no matrix");
    }
    long diagonal = node.attributes().integer("k", 0);
    int type = Math.toIntExact(node.attributes().integer("dtype", 0));
    ElementType element =
        type == 0
            ? node.operand(0).type().element()
            : Encoding.of(type).map(Encoding::element).orElseThrow(() -> node.unsupported("dtype = " + type));
    node.spend(shape, !element.isFloating());
    float[] floats = new float[element.isFloating() ? (int) shape.elements() : 0];
    long[] integers = new long[element.isFloating() ? 0 : (int) shape.elements()];
    for (int row = 0; row < shape.dim(0); row++) {
      long column = row + diagonal;
      if (column >= 0 && column < shape.dim(1)) {
        int place = Math.toIntExact(row * (long) shape.dim(1) + column);
        if (element.isFloating()) {
          floats[place] = 1;
        } else {
          integers[place] = 1;
        }
      }
    }
    node.result(element.isFloating() ? Tensor.of(floats, shape) : Tensor.ofIntegers(element, integers, shape));
  }
}
