package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Transpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Operators that only move elements. Channels are axis 1 of the storage shape in both domains, so they need no cases.
 */
final class Movement {
  private Movement() {}

  static Numbers pad(Pad pad, Numbers input, TensorType type) {
    double[] padded = new double[Math.toIntExact(type.shape().elements())];
    Arrays.fill(padded, pad.value());
    Shape shape = input.type().shape();
    List<Integer> before = pad.pads().subList(0, shape.rank());
    StridedView.of(type.shape()).slice(before, shape, ones(shape)).scatter(input.values(), padded);
    return new Numbers(type, padded);
  }

  static Numbers concat(int axis, List<Numbers> operands, TensorType type) {
    Shape joined = Numbers.storageShape(type);
    double[] values = new double[Math.toIntExact(joined.elements())];
    List<Integer> starts = new ArrayList<>(Collections.nCopies(joined.rank(), 0));
    for (Numbers operand : operands) {
      Shape part = operand.storageShape();
      StridedView.of(joined).slice(starts, part, ones(part)).scatter(operand.values(), values);
      starts.set(axis, starts.get(axis) + part.dim(axis));
    }
    return new Numbers(type, values);
  }

  static Numbers channels(ChannelGather gather, List<Numbers> operands, TensorType type) {
    Shape shape = type.shape();
    int map = shape.dim(2) * shape.dim(3);
    double[] values = new double[Math.toIntExact(shape.elements())];
    for (int target = 0; target < shape.dim(0) * shape.dim(1); target++) {
      int channel = gather.channels().get(target % shape.dim(1));
      int operand = 0;
      while (channel >= operands.get(operand).type().shape().dim(1)) {
        channel -= operands.get(operand++).type().shape().dim(1);
      }
      Numbers from = operands.get(operand);
      int source = target / shape.dim(1) * from.type().shape().dim(1) + channel;
      System.arraycopy(from.values(), source * map, values, target * map, map);
    }
    return new Numbers(type, values);
  }

  static Numbers slice(Slice slice, Numbers input, TensorType type) {
    StridedView all = StridedView.of(input.storageShape());
    StridedView part = all.slice(slice.starts(), Numbers.storageShape(type), slice.steps());
    return new Numbers(type, part.gather(input.values()));
  }

  static Numbers expand(Numbers input, TensorType type) {
    return new Numbers(type, StridedView.broadcast(input.type().shape(), type.shape()).gather(input.values()));
  }

  static Numbers transpose(Transpose transpose, Numbers input, TensorType type) {
    StridedView all = StridedView.of(input.type().shape());
    return new Numbers(type, all.permuted(transpose.permutation()).gather(input.values()));
  }

  static Numbers depthToSpace(DepthToSpace op, Numbers input, TensorType type) {
    Shape from = input.type().shape();
    Shape to = type.shape();
    double[] values = new double[Math.toIntExact(to.elements())];
    int target = 0;
    for (int image = 0; image < to.dim(0); image++) {
      for (int channel = 0; channel < to.dim(1); channel++) {
        for (int row = 0; row < to.dim(2); row++) {
          for (int column = 0; column < to.dim(3); column++) {
            int place = row % op.block() * op.block() + column % op.block();
            int source = image * from.dim(1) + op.source(channel, place, to.dim(1));
            int line = source * from.dim(2) + row / op.block();
            values[target++] = input.values()[line * from.dim(3) + column / op.block()];
          }
        }
      }
    }
    return new Numbers(type, values);
  }

  private static List<Integer> ones(Shape shape) {
    return Collections.nCopies(shape.rank(), 1);
  }
}
