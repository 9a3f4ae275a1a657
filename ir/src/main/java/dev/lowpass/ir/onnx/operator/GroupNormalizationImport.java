package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * GroupNormalization, and InstanceNormalization, whose groups are single channels: statistics of each group of channels
 * of each image. Scale and bias are one number a channel, before opset 21 one a group.
 */
final class GroupNormalizationImport implements OperatorImport {
  private final boolean instances;

  private GroupNormalizationImport(boolean instances) {
    this.instances = instances;
  }

  static GroupNormalizationImport ofGroups() {
    return new GroupNormalizationImport(false);
  }

  static GroupNormalizationImport ofInstances() {
    return new GroupNormalizationImport(true);
  }

  @Override
  public void convert(NodeImport node) {
    Value x = node.operand(0);
    Shape shape = x.type().shape();
    if (shape.rank() < 2) {
      throw new IllegalArgumentException("takes [N, C, ...], not " + shape);
    }
    int channels = shape.dim(1);
    int groups = instances ? channels : Math.toIntExact(node.attributes().integer("num_groups", 0));
    if (!instances && (groups < 1 || channels % groups != 0)) {
      throw new IllegalArgumentException("num_groups = " + groups + " of " + channels + " channels");
    }
    float epsilon = node.attributes().real("epsilon", 1e-5f);
    Value scaled = node.add("scaled", Binary.mul(), normal(node, x, groups, epsilon), channelValues(node, 1, shape));
    node.result(Binary.add(), scaled, channelValues(node, 2, shape));
  }

  private Value normal(NodeImport node, Value x, int groups, float epsilon) {
    Shape shape = x.type().shape();
    if (instances) {
      return MomentNormalization.of(node, x, Statistics.axesFrom(2, shape), epsilon).result();
    }
    List<Integer> grouped = new ArrayList<>(List.of(shape.dim(0), groups, shape.dim(1) / groups));
    grouped.addAll(shape.dims().subList(2, shape.rank()));
    Shape apart = new Shape(grouped);
    Value groupsApart = node.add("groups", new Reshape(apart), x);
    Value normal = MomentNormalization.of(node, groupsApart, Statistics.axesFrom(2, apart), epsilon).result();
    return node.add("channels", new Reshape(shape), normal);
  }

  /** Operand {@code index}, one number a channel or a group of them, as [1, C, 1, ...]. */
  private static Value channelValues(NodeImport node, int index, Shape shape) {
    Value values = node.operand(index);
    int channels = shape.dim(1);
    int count = Math.toIntExact(values.type().shape().elements());
    if (values.type().shape().rank() != 1 || count == 0 || channels % count != 0) {
      throw new IllegalArgumentException(values.type() + " for " + channels + " channels");
    }
    Shape one = new Shape(Collections.nCopies(shape.rank(), 1)).with(1, channels);
    if (count == channels) {
      return node.add("each", new Reshape(one), values);
    }
    Value zeros = node.add("zeros", Tensor.of(new float[channels], count, channels / count));
    Value group = node.add("group", new Reshape(Shape.of(count, 1)), values);
    return node.add("each", new Reshape(one), node.add("repeated", Binary.add(), group, zeros));
  }
}
