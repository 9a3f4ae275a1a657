package dev.lowpass.spark;

import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.picture.Preprocessing;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** What a column's values become: one row's part of an input, whose first extent is the batch. */
sealed interface InputColumn permits TensorColumn, BytesColumn, PictureColumn {
  /** Of {@code binaryFile}, which says where a picture is from. */
  String PATH = "path";

  /**
   * Writes a row's value.
   *
   * @param slot as long as a row's part of the input, at position 0
   * @throws LowpassRuntimeException LP5030, LP5031 or LP5042 for a value that does not fit; what the slot has then does
   *     not count
   */
  void read(Row row, ByteBuffer slot);

  /**
   * How {@code column} is read for the input {@code spec}: arrays of numbers, flat or nested, are tensors; bytes are an
   * encoded picture where the input is f32[n, 3, height, width], else the elements as they are.
   *
   * @throws LowpassRuntimeException LP5040 where the column is missing or of a type that is no tensor
   */
  static InputColumn of(TensorSpec spec, StructType schema, String column, Preprocessing pictures) {
    if (!Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new LowpassRuntimeException(
          5040, column, "no such column for input '" + spec.name() + "'; there are " + List.of(schema.fieldNames()));
    }
    int index = schema.fieldIndex(column);
    DataType type = schema.fields()[index].dataType();
    List<Long> shape = spec.shape().subList(1, spec.shape().size());
    if (type instanceof BinaryType) {
      return spec.type() == ElementType.F32 && shape.size() == 3 && shape.get(0) == 3
          ? new PictureColumn(index, Arrays.asList(schema.fieldNames()).indexOf(PATH), shape, pictures)
          : new BytesColumn(index);
    }
    if (!isTensor(type)) {
      throw new LowpassRuntimeException(
          5040, column, "is of type " + type.simpleString() + "; arrays of numbers, and bytes, are read for " + spec);
    }
    Elements.columnType(spec);
    return new TensorColumn(index, spec.type(), shape);
  }

  private static boolean isTensor(DataType type) {
    DataType element = type;
    while (element instanceof ArrayType array) {
      element = array.elementType();
    }
    return type != element && element instanceof NumericType;
  }

  /** A row's value, which is there. */
  static Object value(Row row, int index) {
    Object value = row.get(index);
    if (value == null) {
      throw misfit(row, index, "is null");
    }
    return value;
  }

  static LowpassRuntimeException misfit(Row row, int index, String problem) {
    return new LowpassRuntimeException(5042, row.schema().fieldNames()[index], problem);
  }
}
