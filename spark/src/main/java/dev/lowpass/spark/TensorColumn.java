package dev.lowpass.spark;

import dev.lowpass.runtime.ElementType;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.collection.Iterator;
import scala.collection.Seq;
import scala.collection.mutable.ArraySeq;

/**
 * Arrays of numbers: all elements in one, row-major, or nested as the shape is.
 *
 * @param shape of a row, without the batch
 */
record TensorColumn(int index, ElementType type, List<Long> shape) implements InputColumn {
  @Override
  public void read(Row row, ByteBuffer slot) {
    Seq<?> array = (Seq<?>) InputColumn.value(row, index);
    if (array.nonEmpty() && array.head() instanceof Seq) {
      putNested(row, array, 0, slot);
    } else {
      long elements = slot.remaining() / type.bytes();
      requireLength(row, array, elements, "elements");
      putFlat(row, array, slot);
    }
  }

  private void putNested(Row row, Seq<?> array, int axis, ByteBuffer slot) {
    if (axis >= shape.size()) {
      throw InputColumn.misfit(row, index, "is nested deeper than the shape " + shape + " of the model");
    }
    requireLength(row, array, shape.get(axis), "elements at depth " + axis);
    if (axis == shape.size() - 1) {
      putFlat(row, array, slot);
      return;
    }
    Iterator<?> parts = array.iterator();
    while (parts.hasNext()) {
      if (!(parts.next() instanceof Seq<?> part)) {
        throw InputColumn.misfit(row, index, "is not nested as the shape " + shape + " of the model");
      }
      putNested(row, part, axis + 1, slot);
    }
  }

  private void putFlat(Row row, Seq<?> array, ByteBuffer slot) {
    if (type == ElementType.F32 && array instanceof ArraySeq.ofFloat floats) {
      slot.asFloatBuffer().put(floats.array());
      slot.position(slot.position() + floats.array().length * type.bytes());
      return;
    }
    Iterator<?> elements = array.iterator();
    while (elements.hasNext()) {
      if (!(elements.next() instanceof Number number)) {
        throw InputColumn.misfit(row, index, "has an element that is no number");
      }
      Elements.put(slot, type, number);
    }
  }

  private void requireLength(Row row, Seq<?> array, long wanted, String what) {
    if (array.size() != wanted) {
      String problem = array.size() + " " + what + ", where the model takes " + wanted + " of shape " + shape;
      throw InputColumn.misfit(row, index, problem);
    }
  }
}
