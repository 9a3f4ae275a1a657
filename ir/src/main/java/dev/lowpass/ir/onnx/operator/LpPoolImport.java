package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.MathFunction;
import java.util.ArrayList;
import java.util.List;

/** LpPool: the p-th root of the sum of the p-th powers, which is the mean of the window's elements times their number. */
final class LpPoolImport implements OperatorImport {
  private static final Binary POWER = new Binary(Binary.Kind.POW);

  @Override
  public void convert(NodeImport node) {
    SlidingWindow sliding = new SlidingWindow(node);
    List<Integer> kernel = sliding.kernel();
    long p = node.attributes().integer("p", 2);
    if (p < 1) {
      throw new IllegalArgumentException("p is 1 or more, not " + p);
    }
    List<WindowAxis> axes = sliding.axes(kernel);
    if (node.attributes().flag("ceil_mode")) {
      axes = reachingTheEnd(axes, node.shape(0));
    }
    long count = kernel.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    Value positive = node.add("absolute", new MathFunction(MathFunction.Kind.ABS), node.operand(0));
    Value powers = p == 1 ? positive : node.add("powers", POWER, positive, node.add("p", Tensor.scalar(p)));
    PooledMaps maps = new PooledMaps(node, axes, window -> new AveragePool(window, false, true));
    Value means = maps.of(powers, (op, operands) -> node.add("means", op, operands));
    Binary product = new Binary(Binary.Kind.MUL);
    Value elements = node.add("count", Tensor.scalar(count));
    if (p == 1) {
      node.result(product, means, elements);
    } else {
      Value sums = node.add("sums", product, means, elements);
      node.result(POWER, sums, node.add("root", Tensor.scalar(1f / p)));
    }
  }

  /** With as many zeros behind the map as the last window of ceil_mode needs. */
  private static List<WindowAxis> reachingTheEnd(List<WindowAxis> axes, Shape map) {
    List<WindowAxis> longer = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      WindowAxis axis = axes.get(i);
      int extent = map.dim(2 + i);
      int windows = WindowAxis.window(axis, WindowAxis.NONE).outputExtent(0, extent, true);
      int reached = (windows - 1) * axis.stride() + axis.reach() - axis.before() - extent;
      longer.add(axis.withPads(axis.before(), Math.max(axis.after(), reached)));
    }
    return longer;
  }
}
