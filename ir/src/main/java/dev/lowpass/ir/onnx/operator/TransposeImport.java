package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.Transpose;
import java.util.List;
import java.util.stream.IntStream;

/** Transpose; without a permutation the axes are reversed. */
final class TransposeImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    int rank = node.shape(0).rank();
    List<Integer> permutation =
        node.attributes()
            .integers("perm")
            .map(Axes::extents)
            .orElse(IntStream.range(0, rank).boxed().toList().reversed());
    node.result(new Transpose(permutation), node.operand(0));
  }
}
