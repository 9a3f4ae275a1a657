package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.Join;
import dev.lowpass.ir.op.ScatterElements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** MaxUnpool: maxima at the places that MaxPool's indices name, zeros elsewhere. */
final class MaxUnpoolImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value maxima = node.operand(0);
    Value indices = node.operand(1);
    Shape shape = maxima.type().shape();
    if (!shape.equals(indices.type().shape())) {
      throw new IllegalArgumentException("indices of shape " + indices.type().shape() + " for maxima of " + shape);
    }
    Shape whole = whole(node);
    Optional<List<Long>> asked = node.integers(2, "output_shape");
    // The specification lays the smaller result into the larger one, ONNX Runtime counts indices in the larger one.
    if (asked.isPresent() && !Axes.extents(asked.orElseThrow()).equals(whole.dims())) {
      throw node.unsupported("output_shape = %s, where the window says %s,".formatted(asked.orElseThrow(), whole));
    }
    node.requireElements(whole);
    Arithmetic arithmetic = new Arithmetic(node);
    int elements = Math.toIntExact(whole.elements());
    int count = Math.toIntExact(shape.elements());
    Value zero = node.add("zero", Tensor.scalar(0));
    Value zeros = node.add("zeros", new Expand(Shape.of(elements)), arithmetic.cast(maxima.type().element(), zero));
    Value places = arithmetic.reshaped(Shape.of(count), indices);
    Value updates = arithmetic.reshaped(Shape.of(count), maxima);
    Value filled = node.add("filled", new ScatterElements(0, Join.REPLACE), zeros, places, updates);
    node.alias(arithmetic.reshaped(whole, filled));
  }

  /** What the pool read, as far as its window says. */
  private static Shape whole(NodeImport node) {
    Shape shape = node.shape(0);
    SlidingWindow sliding = new SlidingWindow(node);
    List<WindowAxis> axes = sliding.explicit(sliding.unpadded(sliding.kernel()));
    List<Integer> dims = new ArrayList<>(shape.dims().subList(0, 2));
    for (int i = 0; i < axes.size(); i++) {
      WindowAxis axis = axes.get(i);
      int reach = Math.addExact(Math.multiplyExact(shape.dim(2 + i) - 1, axis.stride()), axis.reach());
      dims.add(reach - axis.before() - axis.after());
    }
    return new Shape(dims);
  }
}
