package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.List;

/** ArgMax and ArgMin. */
final class ArgReduceImport implements OperatorImport {
  private final ArgReduce.Kind kind;

  ArgReduceImport(ArgReduce.Kind kind) {
    this.kind = kind;
  }

  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    int axis = Axes.normal(node.attributes().integer("axis", 0), shape.rank());
    ArgReduce op = new ArgReduce(kind, axis, node.attributes().flag("select_last_index"));
    if (node.attributes().integer("keepdims", 1) != 0) {
      node.result(op, node.operand(0));
      return;
    }
    Value kept = node.add("kept", op, node.operand(0));
    List<Integer> dims = new ArrayList<>(shape.dims());
    dims.remove(axis);
    node.result(new Reshape(new Shape(dims)), kept);
  }
}
