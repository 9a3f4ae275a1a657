package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/** The checks that type inference of several operators shares; each failure says both sides. */
final class Operands {
  private Operands() {}

  static void count(List<TensorType> operands, int least, int most) {
    if (operands.size() < least || operands.size() > most) {
      String expected = least == most ? Integer.toString(least) : least + " to " + most;
      throw new IllegalArgumentException("takes " + expected + " operands, not " + operands.size());
    }
  }

  static TensorType image(TensorType type) {
    if (type.shape().rank() != 4) {
      throw new IllegalArgumentException("takes an image [N, C, H, W], not " + type);
    }
    return type;
  }

  static TensorType spatial(TensorType type) {
    if (!type.isSpatial()) {
      throw new IllegalArgumentException("takes spatial data, not " + type);
    }
    return type;
  }

  /** Spatial data that have an axis {@code axis}, counted from the front. */
  static TensorType along(TensorType type, int axis) {
    if (axis < 0 || axis >= spatial(type).shape().rank()) {
      throw new IllegalArgumentException("axis " + axis + " of " + type);
    }
    return type;
  }

  /** Numbers with fractions: sums of products are not of integers. */
  static TensorType floating(TensorType type) {
    if (!type.element().isFloating()) {
      throw new IllegalArgumentException("takes floating-point numbers, not " + type);
    }
    return type;
  }

  static TensorType spatialImage(TensorType type) {
    return image(spatial(type));
  }

  /** An optional bias operand at {@code index} must have shape [channels]. */
  static void bias(List<TensorType> operands, int index, int channels) {
    if (operands.size() > index) {
      TensorType bias = floating(spatial(operands.get(index)));
      if (bias.shape().rank() != 1 || bias.shape().dim(0) != channels) {
        throw new IllegalArgumentException("bias " + bias + " for " + channels + " output channels");
      }
    }
  }
}
