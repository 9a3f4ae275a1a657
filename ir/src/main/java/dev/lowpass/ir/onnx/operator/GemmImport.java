package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Transpose;
import java.util.List;

/** Gemm, alpha · A B + beta · C: the factors and transpositions go into constants where they can. */
final class GemmImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value a = matrix(node, 0, "transA", "a");
    Value b = scaled(node, matrix(node, 1, "transB", "b"), node.attributes().real("alpha", 1), "alpha");
    float beta = node.attributes().real("beta", 1);
    if (!node.hasOperand(2) || beta == 0) {
      node.result(new MatrixProduct(), a, b);
      return;
    }
    Value product = node.add("product", new MatrixProduct(), a, b);
    Value c = scaled(node, node.operand(2), beta, "beta");
    node.result(Binary.add(), product, c);
  }

  private static Value matrix(NodeImport node, int index, String transposed, String suffix) {
    Value matrix = node.operand(index);
    if (matrix.type().shape().rank() != 2) {
      throw new IllegalArgumentException("takes matrices, not " + matrix.type());
    }
    return node.attributes().flag(transposed) ? node.add(suffix, new Transpose(List.of(1, 0)), matrix) : matrix;
  }

  private static Value scaled(NodeImport node, Value value, float factor, String name) {
    if (factor == 1) {
      return value;
    }
    return node.add(name + ".scaled", Binary.mul(), value, node.add(name, Tensor.scalar(factor)));
  }
}
