package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Reshape;
import java.util.Collections;
import java.util.stream.IntStream;

/**
 * BatchNormalization as used for inference: one output, one scale a channel. Where its parameters are computed at run
 * time, or data are a vector, it is a function of elements.
 */
final class BatchNormalizationImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    if (node.attributes().flag("training_mode")) {
      throw node.unsupported("training_mode = 1");
    }
    if (node.opset() < 7 && !node.attributes().flag("is_test")) {
      throw node.unsupported("is_test = 0");
    }
    if (node.opset() < 9 && node.attributes().integer("spatial", 1) == 0) {
      throw node.unsupported("spatial = 0");
    }
    for (int output = 1; output < node.outputCount(); output++) {
      if (node.isRead(output)) {
        throw node.unsupported("more than one output (training)");
      }
    }
    float epsilon = node.attributes().real("epsilon", 1e-5f);
    boolean known = IntStream.range(1, 5).allMatch(i -> node.tensor(node.operand(i)).isPresent());
    if (known && node.shape(0).rank() > 1) {
      node.result(
          new BatchNormalization(epsilon),
          node.operand(0),
          node.operand(1),
          node.operand(2),
          node.operand(3),
          node.operand(4));
    } else {
      computed(node, epsilon);
    }
  }

  private static void computed(NodeImport node, float epsilon) {
    Statistics statistics = new Statistics(node);
    Value positive = statistics.binary("positive", Binary.Kind.ADD, channelValues(node, 4), epsilon);
    Value deviation = statistics.function("deviation", MathFunction.Kind.SQRT, positive);
    Value scale = statistics.binary("scale", Binary.Kind.DIV, channelValues(node, 1), deviation);
    Value centred = statistics.binary("centred", Binary.Kind.SUB, node.operand(0), channelValues(node, 3));
    Value scaled = statistics.binary("scaled", Binary.Kind.MUL, centred, scale);
    node.result(Binary.add(), scaled, channelValues(node, 2));
  }

  /** Operand {@code index} as [1, C, 1, ...]; of a vector the only channel. */
  private static Value channelValues(NodeImport node, int index) {
    Shape shape = node.shape(0);
    int channels = shape.rank() < 2 ? 1 : shape.dim(1);
    Value values = node.operand(index);
    if (!values.type().shape().equals(Shape.of(channels))) {
      throw new IllegalArgumentException(values.type() + " for " + channels + " channels");
    }
    Shape one = new Shape(Collections.nCopies(shape.rank(), 1));
    return node.add("each", new Reshape(shape.rank() < 2 ? one : one.with(1, channels)), values);
  }
}
