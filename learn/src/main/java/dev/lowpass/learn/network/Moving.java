package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Transpose;
import java.util.List;
import java.util.StringJoiner;

/** Rearrangements of batches: what a graph says of one picture, or of few, is done to as many as there are. */
record Moving(Node node) {
  NDArray apply(Rearrangement rearrangement, List<NDArray> operands) {
    NDArray first = operands.getFirst();
    return switch (rearrangement) {
      case Pad pad -> pad(pad, first);
      case Concat(int axis) -> concat(axis, operands);
      case ChannelGather(List<Integer> channels) -> channels(channels, operands);
      case Slice slice -> slice(slice, first);
      case Expand(dev.lowpass.ir.Shape shape) -> expand(shape, first);
      case DepthToSpace depthToSpace -> depthToSpace(depthToSpace, first);
      case Transpose(List<Integer> permutation) -> transpose(permutation, first);
      case Reshape(dev.lowpass.ir.Shape shape) -> reshape(shape, first);
    };
  }

  /** PyTorch counts axes from the last one. */
  private NDArray pad(Pad pad, NDArray x) {
    requireBatch(pad.before(0) == 0 && pad.after(0) == 0, x);
    int rank = x.getShape().dimension();
    long[] pads = new long[2 * rank];
    for (int axis = 0; axis < rank; axis++) {
      pads[2 * (rank - 1 - axis)] = pad.before(axis);
      pads[2 * (rank - 1 - axis) + 1] = pad.after(axis);
    }
    return x.pad(new Shape(pads), pad.value());
  }

  private NDArray concat(int axis, List<NDArray> operands) {
    requireBatch(axis != 0, operands.getFirst());
    return NDArrays.concat(new NDList(operands), axis);
  }

  private static NDArray channels(List<Integer> channels, List<NDArray> operands) {
    NDArray joined = operands.size() == 1 ? operands.getFirst() : NDArrays.concat(new NDList(operands), 1);
    long[] indices = channels.stream().mapToLong(Integer::longValue).toArray();
    return joined.get(new NDIndex(":, {}", joined.getManager().create(indices)));
  }

  private NDArray slice(Slice slice, NDArray x) {
    StringJoiner index = new StringJoiner(", ");
    NDArray source = x;
    for (int axis = 0; axis < slice.starts().size(); axis++) {
      int extent = slice.extents().get(axis);
      boolean whole = axis == 0 && extent == node.operand(0).type().shape().dim(0) && slice.steps().get(0) == 1;
      requireBatch(axis != 0 || whole, x);
      int step = slice.steps().get(axis);
      int start = slice.starts().get(axis);
      if (step < 0) {
        source = source.flip(axis);
        start = (int) x.getShape().get(axis) - 1 - start;
        step = -step;
      }
      index.add(whole ? ":" : "%d:%d:%d".formatted(start, start + (extent - 1) * step + 1, step));
    }
    return source.get(new NDIndex(index.toString()));
  }

  private NDArray expand(dev.lowpass.ir.Shape shape, NDArray x) {
    dev.lowpass.ir.Shape own = node.operand(0).type().shape();
    boolean kept = own.rank() == shape.rank() && own.rank() > 0 && own.dim(0) == shape.dim(0);
    requireBatch(kept, x);
    long[] extents = Network.shape(shape).getShape().clone();
    if (kept) {
      extents[0] = x.getShape().get(0);
    }
    return x.broadcast(new Shape(extents));
  }

  private static NDArray depthToSpace(DepthToSpace op, NDArray x) {
    Shape from = x.getShape();
    int block = op.block();
    long channels = from.get(1) / block / block;
    long height = from.get(2);
    long width = from.get(3);
    NDArray turned =
        op.together()
            ? x.reshape(from.get(0), channels, block, block, height, width).transpose(0, 1, 4, 2, 5, 3)
            : x.reshape(from.get(0), block, block, channels, height, width).transpose(0, 3, 4, 1, 5, 2);
    return turned.reshape(from.get(0), channels, height * block, width * block);
  }

  private NDArray transpose(List<Integer> permutation, NDArray x) {
    requireBatch(permutation.getFirst() == 0, x);
    return x.transpose(permutation.stream().mapToInt(Integer::intValue).toArray());
  }

  private NDArray reshape(dev.lowpass.ir.Shape shape, NDArray x) {
    Shape asWritten = Network.shape(shape);
    if (x.size() == asWritten.size()) {
      return x.reshape(asWritten);
    }
    requireBatch(shape.rank() > 0 && shape.dim(0) == node.operand(0).type().shape().dim(0), x);
    long[] extents = asWritten.getShape().clone();
    extents[0] = x.getShape().get(0);
    return x.reshape(new Shape(extents));
  }

  private void requireBatch(boolean kept, NDArray x) {
    if (!kept) {
      Batch.requireGraphs(node, x);
    }
  }
}
