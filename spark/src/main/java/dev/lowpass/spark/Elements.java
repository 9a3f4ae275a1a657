package dev.lowpass.spark;

import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.TensorSpec;
import java.nio.ByteBuffer;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Elements of tensors as elements of columns. */
final class Elements {
  private Elements() {}

  /**
   * The column type for an element of {@code spec}.
   *
   * @throws LowpassRuntimeException LP5040 where there is none
   */
  static DataType columnType(TensorSpec spec) {
    return switch (spec.type()) {
      case F32 -> DataTypes.FloatType;
      case F64 -> DataTypes.DoubleType;
      case I32 -> DataTypes.IntegerType;
      case I64 -> DataTypes.LongType;
      case F16, BF16, I8, U8, I16, U16, U32, U64, BOOL ->
          throw new LowpassRuntimeException(5040, spec.name(), "no column holds " + spec.type());
    };
  }

  /** The next {@code count} elements of {@code source}, as an array of what {@link #columnType} says. */
  static Object array(ByteBuffer source, ElementType type, int count) {
    switch (type) {
      case F32 -> {
        float[] values = new float[count];
        source.asFloatBuffer().get(values);
        return values;
      }
      case F64 -> {
        double[] values = new double[count];
        source.asDoubleBuffer().get(values);
        return values;
      }
      case I32 -> {
        int[] values = new int[count];
        source.asIntBuffer().get(values);
        return values;
      }
      case I64 -> {
        long[] values = new long[count];
        source.asLongBuffer().get(values);
        return values;
      }
      case F16, BF16, I8, U8, I16, U16, U32, U64, BOOL -> throw new IllegalArgumentException("no column holds " + type);
    }
    throw new IllegalArgumentException(type.toString());
  }

  /** Writes one element; a type that {@link #columnType} knows. */
  static void put(ByteBuffer target, ElementType type, Number number) {
    switch (type) {
      case F32 -> target.putFloat(number.floatValue());
      case F64 -> target.putDouble(number.doubleValue());
      case I32 -> target.putInt(number.intValue());
      case I64 -> target.putLong(number.longValue());
      case F16, BF16, I8, U8, I16, U16, U32, U64, BOOL -> throw new IllegalArgumentException("no column holds " + type);
    }
  }
}
