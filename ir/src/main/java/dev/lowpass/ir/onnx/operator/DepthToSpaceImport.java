package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Transpose;
import java.util.List;

/** DepthToSpace, in both of its orders of channels, and SpaceToDepth, which is axes split, reordered and merged. */
final class DepthToSpaceImport implements OperatorImport {
  /** Which of the two. */
  enum Direction {
    TO_SPACE,
    TO_DEPTH
  }

  private final Direction direction;

  DepthToSpaceImport(Direction direction) {
    this.direction = direction;
  }

  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    long side = node.attributes().integer("blocksize", 0);
    if (shape.rank() != 4 || side < 1 || side > 1 << 15) {
      throw new IllegalArgumentException("blocksize " + side + " for an operand of shape " + shape);
    }
    int block = (int) side;
    switch (direction) {
      case TO_SPACE -> toSpace(node, block);
      case TO_DEPTH -> toDepth(node, shape, block);
    }
  }

  private static void toSpace(NodeImport node, int block) {
    String mode = node.attributes().text("mode", "DCR");
    if (!mode.equals("DCR") && !mode.equals("CRD")) {
      throw new IllegalArgumentException("mode is " + mode);
    }
    node.result(new DepthToSpace(block, mode.equals("CRD")), node.operand(0));
  }

  private static void toDepth(NodeImport node, Shape shape, int block) {
    requireMultiple(shape, 2, block);
    requireMultiple(shape, 3, block);
    int height = shape.dim(2) / block;
    int width = shape.dim(3) / block;
    Shape split = Shape.of(shape.dim(0), shape.dim(1), height, block, width, block);
    Value apart = node.add("split", new Reshape(split), node.operand(0));
    Value turned = node.add("turned", new Transpose(List.of(0, 3, 5, 1, 2, 4)), apart);
    int channels = Math.multiplyExact(shape.dim(1), block * block);
    node.result(new Reshape(Shape.of(shape.dim(0), channels, height, width)), turned);
  }

  private static void requireMultiple(Shape shape, int axis, int factor) {
    if (shape.dim(axis) % factor != 0) {
      throw new IllegalArgumentException(
          "axis %d of an operand of shape %s is no multiple of %d".formatted(axis, shape, factor));
    }
  }
}
