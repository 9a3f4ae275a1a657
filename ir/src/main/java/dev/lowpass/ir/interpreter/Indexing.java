package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.GatherElements;
import dev.lowpass.ir.op.GatherPoints;
import dev.lowpass.ir.op.Indexed;
import dev.lowpass.ir.op.Join;
import dev.lowpass.ir.op.ScatterElements;
import dev.lowpass.ir.op.ScatterPoints;
import java.util.List;

/** Reading and writing at places that a tensor of integers names. */
final class Indexing {
  private Indexing() {}

  static Numbers evaluate(Indexed op, List<Numbers> operands, TensorType type) {
    Numbers x = operands.get(0);
    Numbers indices = operands.get(1);
    return switch (op) {
      case Gather gather -> new Numbers(type, picked(x, slices(gather.axis(), x, indices, type)));
      case GatherElements gather -> new Numbers(type, picked(x, elements(gather.axis(), x, indices)));
      case GatherPoints gather -> new Numbers(type, picked(x, points(gather.batch(), x, indices, type.shape())));
      case ScatterElements scatter ->
          joined(x, elements(scatter.axis(), x, indices), operands.get(2), scatter.join());
      case ScatterPoints scatter ->
          joined(x, points(0, x, indices, operands.get(2).type().shape()), operands.get(2), scatter.join());
    };
  }

  private static double[] picked(Numbers x, int[] places) {
    double[] values = new double[places.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = x.values()[places[i]];
    }
    return values;
  }

  private static Numbers joined(Numbers x, int[] places, Numbers updates, Join join) {
    double[] values = x.values().clone();
    for (int i = 0; i < places.length; i++) {
      values[places[i]] = join.apply(values[places[i]], updates.values()[i]);
    }
    return new Numbers(x.type(), values).settled();
  }

  private static int[] slices(int axis, Numbers x, Numbers indices, TensorType type) {
    Shape shape = x.type().shape();
    int extent = shape.dim(axis);
    int inner = elements(shape.dims().subList(axis + 1, shape.rank()));
    int count = indices.values().length;
    int[] places = new int[Math.toIntExact(type.shape().elements())];
    for (int i = 0; i < places.length; i++) {
      int index = Indexed.place(indices.values()[i / inner % count], extent);
      places[i] = (i / inner / count * extent + index) * inner + i % inner;
    }
    return places;
  }

  /** For every index the place in {@code x} that it names. */
  private static int[] elements(int axis, Numbers x, Numbers indices) {
    Shape shape = x.type().shape();
    Shape own = indices.type().shape();
    int[] places = new int[indices.values().length];
    for (int i = 0; i < places.length; i++) {
      int rest = i;
      int pitch = 1;
      for (int at = shape.rank() - 1; at >= 0; at--) {
        int index = at == axis ? Indexed.place(indices.values()[i], shape.dim(at)) : rest % own.dim(at);
        places[i] += index * pitch;
        pitch *= shape.dim(at);
        rest /= own.dim(at);
      }
    }
    return places;
  }

  /** For every element of the parts that are named, [B…, I…, S…], its place in {@code x}. */
  private static int[] points(int batch, Numbers x, Numbers indices, Shape parts) {
    Shape shape = x.type().shape();
    int length = indices.type().shape().dim(-1);
    int inner = elements(shape.dims().subList(batch + length, shape.rank()));
    int batches = elements(shape.dims().subList(0, batch));
    int[] places = new int[Math.toIntExact(parts.elements())];
    for (int i = 0; i < places.length; i++) {
      int point = i / inner;
      int place = point / (places.length / inner / batches);
      for (int k = 0; k < length; k++) {
        int extent = shape.dim(batch + k);
        place = place * extent + Indexed.place(indices.values()[point * length + k], extent);
      }
      places[i] = place * inner + i % inner;
    }
    return places;
  }

  private static int elements(List<Integer> dims) {
    return Math.toIntExact(new Shape(dims).elements());
  }
}
