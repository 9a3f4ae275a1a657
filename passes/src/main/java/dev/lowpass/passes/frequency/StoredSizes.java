package dev.lowpass.passes.frequency;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.AlongAxis;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Bitwise;
import dev.lowpass.ir.op.BlockTransform;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Correlation;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Indexed;
import dev.lowpass.ir.op.IsNan;
import dev.lowpass.ir.op.Layer;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.MaxPoolIndices;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Select;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.Transpose;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sizes that operators hold in their attributes, when their operands get other sizes.
 *
 * <ul>
 *   <li>A shape follows where groups of its extents are groups of the operand's: {@code [1, 64, 49]} of {@code [1, 64,
 *       7, 7]} becomes {@code [1, 64, 36]} of {@code [1, 64, 6, 6]}.
 *   <li>A slice that reaches to the end still does.
 *   <li>A map is enlarged or shrunk by the same factor.
 *   <li>A pool's window that is the whole map still is.
 * </ul>
 */
final class StoredSizes {
  private StoredSizes() {}

  /**
   * The operator of {@code node} for {@code operands} of other types.
   *
   * @throws IllegalArgumentException where it is not clear what its sizes would be
   */
  static Op of(Node node, List<Value> operands) {
    Shape before = node.operand(0).type().shape();
    Shape now = operands.getFirst().type().shape();
    return switch (node.op()) {
      case Reshape reshape -> new Reshape(reshaped(before, reshape.shape(), now));
      case Slice slice -> sliced(slice, before, now);
      case Resize resize ->
          new Resize(scaled(resize.size(), before, now), scaled(resize.crop(), before, now), resize.filter());
      case AveragePool pool when isWhole(pool.window(), before) ->
          new AveragePool(whole(pool.window(), now), pool.ceil(), pool.countPads());
      case MaxPool pool when isWhole(pool.window(), before) -> new MaxPool(whole(pool.window(), now), pool.ceil());
      case Binary binary -> {
        checkBroadcast(node, operands);
        yield binary;
      }
      case Expand expand -> new Expand(expanded(before, expand.shape(), now));
      case Gather gather when before.dim(gather.axis()) == now.dim(gather.axis()) -> gather;
      case Indexed indexed -> throw new IllegalArgumentException("places that are named are others then");
      case MaxPoolIndices pool when isWhole(pool.window(), before) ->
          new MaxPoolIndices(whole(pool.window(), now), pool.ceil(), pool.columnMajor());
      case AlongAxis _, Cast _, IsNan _, Reduce _, Correlation _, MaxPoolIndices _ -> node.op();
      case Bitwise _, Comparison _, Select _ -> {
        checkBroadcast(node, operands);
        yield node.op();
      }
      case Constant _, Layer _, MatrixProduct _, BlockTransform _, Elementwise _, BatchNormalization _ -> node.op();
      case GlobalAveragePool _, AveragePool _, MaxPool _, Softmax _, Pad _, Concat _ -> node.op();
      case ChannelGather _, DepthToSpace _, Transpose _ -> node.op();
    };
  }

  /** What {@code target}, made of {@code before}, is made of {@code now}: group by group of extents of one product. */
  private static Shape reshaped(Shape before, Shape target, Shape now) {
    List<Integer> dims = new ArrayList<>();
    int from = 0;
    int to = 0;
    while (to < target.rank()) {
      int firstFrom = from;
      int firstTo = to;
      long read = from < before.rank() ? before.dim(from++) : 1;
      long written = target.dim(to++);
      while (read != written) {
        if (read < written && from < before.rank()) {
          read *= before.dim(from++);
        } else if (written < read && to < target.rank()) {
          written *= target.dim(to++);
        } else {
          throw new IllegalArgumentException("nothing says how " + target + " follows " + before);
        }
      }
      // Extents of 1 at the end belong to the last group.
      while (to == target.rank() && from < before.rank()) {
        read *= before.dim(from++);
      }
      List<Integer> group = target.dims().subList(firstTo, to);
      dims.addAll(followed(group, before.dims().subList(firstFrom, from), now.dims().subList(firstFrom, from)));
    }
    return new Shape(dims);
  }

  private static List<Integer> followed(List<Integer> target, List<Integer> before, List<Integer> now) {
    if (before.equals(now)) {
      return target;
    }
    int product = Math.toIntExact(new Shape(now).elements());
    if (target.stream().filter(extent -> extent > 1).count() != 1) {
      throw new IllegalArgumentException("nothing says how %s follows %s to %s".formatted(target, before, now));
    }
    return target.stream().map(extent -> extent > 1 ? product : 1).toList();
  }

  private static Slice sliced(Slice slice, Shape before, Shape now) {
    List<Integer> extents = new ArrayList<>();
    for (int axis = 0; axis < before.rank(); axis++) {
      int start = slice.starts().get(axis);
      int step = slice.steps().get(axis);
      int extent = slice.extents().get(axis);
      if (before.dim(axis) == now.dim(axis)) {
        extents.add(extent);
      } else if (step > 0 && start < now.dim(axis) && extent == Math.ceilDiv(before.dim(axis) - start, step)) {
        extents.add(Math.ceilDiv(now.dim(axis) - start, step));
      } else {
        throw new IllegalArgumentException(
            "it takes %d of %d along axis %d, and nothing says what of %d"
                .formatted(extent, before.dim(axis), axis, now.dim(axis)));
      }
    }
    return new Slice(slice.starts(), extents, slice.steps());
  }

  /** Axes that are repeated keep their extents, the others follow. */
  private static Shape expanded(Shape before, Shape target, Shape now) {
    Shape shape = target;
    for (int axis = -before.rank(); axis < 0; axis++) {
      shape = before.dim(axis) == target.dim(axis) ? shape.with(axis, now.dim(axis)) : shape;
    }
    return shape;
  }

  /** [height, width] of a part of a map, or nothing. */
  private static List<Integer> scaled(List<Integer> extents, Shape before, Shape now) {
    return IntStream.range(0, extents.size())
        .mapToObj(axis -> scaled(extents.get(axis), before.dim(2 + axis), now.dim(2 + axis)))
        .toList();
  }

  private static int scaled(int size, int before, int now) {
    long scaled = (long) size * now;
    if (scaled % before != 0) {
      throw new IllegalArgumentException("%d becomes %d, and %d does not follow".formatted(before, size, now));
    }
    return Math.toIntExact(scaled / before);
  }

  private static boolean isWhole(Window window, Shape map) {
    return window.kernel().equals(map.dims().subList(2, 4))
        && window.pads().equals(Window.NO_PADS)
        && window.dilations().equals(Window.ONES);
  }

  private static Window whole(Window window, Shape map) {
    return new Window(map.dims().subList(2, 4), window.strides(), window.pads(), window.dilations());
  }

  /** An extent that has become 1 would take any other. */
  private static void checkBroadcast(Node node, List<Value> operands) {
    for (int i = 0; i < operands.size(); i++) {
      Shape before = node.operand(i).type().shape();
      Shape now = operands.get(i).type().shape();
      for (int axis = -now.rank(); axis < 0; axis++) {
        int extent = now.dim(axis);
        if (extent == 1 && before.dim(axis) > 1 && extent(operands, axis) > 1) {
          throw new IllegalArgumentException("shapes " + now + " and " + operands.get(1 - i).type().shape());
        }
      }
    }
  }

  /** The extent that {@code operands} are broadcast to; {@code axis} counts from the end. */
  private static int extent(List<Value> operands, int axis) {
    return operands.stream()
        .map(operand -> operand.type().shape())
        .mapToInt(shape -> shape.rank() + axis < 0 ? 1 : shape.dim(axis))
        .max()
        .orElseThrow();
  }
}
