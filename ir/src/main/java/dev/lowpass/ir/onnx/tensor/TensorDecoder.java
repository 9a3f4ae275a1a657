package dev.lowpass.ir.onnx.tensor;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.limit.Limits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Reads {@code TensorProto}s, whose contents are not trusted: what is stored must have exactly the size that the shape
 * asks for, and that size its limit.
 */
public record TensorDecoder(ExternalData external, Limits limits) {
  /** A decoder of tensors that hold their data themselves. */
  public static TensorDecoder selfContained() {
    return new TensorDecoder(ExternalData.none(), Limits.usual());
  }

  /**
   * The tensor that {@code proto} stores, in its own element type.
   *
   * @throws LowpassException LP1006 at {@code place} for an unknown element type or a size that does not fit the shape;
   *     LP1012 for one that is too large
   */
  public Tensor decode(TensorProto proto, String place) {
    Encoding encoding =
        Encoding.of(proto.getDataType())
            .orElseThrow(
                () -> error(place, "holds elements of ONNX type " + typeName(proto) + ", which cannot be read"));
    Shape shape = shape(proto.getDimsList(), place);
    if (proto.hasSegment()) {
      throw error(place, "is stored in segments, which cannot be read");
    }
    if (shape.elements() > Integer.MAX_VALUE / encoding.bytes()) {
      throw error(place, "has shape " + shape + ", more than 2 GB");
    }
    int elements = (int) shape.elements();
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      return fromBytes(encoding, shape, external.read(proto, (long) elements * encoding.bytes(), place));
    }
    if (proto.hasRawData()) {
      ByteBuffer data = proto.getRawData().asReadOnlyByteBuffer();
      check(place, shape, data.remaining(), (long) elements * encoding.bytes(), "bytes");
      return fromBytes(encoding, shape, data);
    }
    return fromFields(encoding, shape, proto, place);
  }

  private Shape shape(List<Long> dims, String place) {
    if (dims.stream().anyMatch(dim -> dim < 0 || dim > Integer.MAX_VALUE)) {
      throw error(place, "has the impossible shape " + dims);
    }
    limits.checkShape(place, "a tensor", dims);
    return new Shape(dims.stream().map(Math::toIntExact).toList());
  }

  private static Tensor fromBytes(Encoding encoding, Shape shape, ByteBuffer bytes) {
    ByteBuffer data = bytes.order(ByteOrder.LITTLE_ENDIAN);
    int elements = (int) shape.elements();
    if (encoding.element().isFloating()) {
      float[] floats = new float[elements];
      for (int i = 0; i < elements; i++) {
        floats[i] = encoding.nextFloat(data);
      }
      return Tensor.ofFloats(encoding.element(), floats, shape);
    }
    long[] integers = new long[elements];
    for (int i = 0; i < elements; i++) {
      integers[i] = encoding.nextInteger(data);
    }
    return Tensor.ofIntegers(encoding.element(), integers, shape);
  }

  /** The typed fields: which one holds which type is fixed in the comments of onnx.proto. */
  private static Tensor fromFields(Encoding encoding, Shape shape, TensorProto proto, String place) {
    List<? extends Number> stored =
        switch (encoding) {
          case FLOAT -> proto.getFloatDataList();
          case DOUBLE -> proto.getDoubleDataList();
          case INT64 -> proto.getInt64DataList();
          case UINT32, UINT64 -> proto.getUint64DataList();
          case UINT8, INT8, UINT16, INT16, INT32, BOOL, FLOAT16, BFLOAT16 -> proto.getInt32DataList();
        };
    int elements = (int) shape.elements();
    check(place, shape, stored.size(), elements, "elements");
    if (encoding.element().isFloating()) {
      float[] floats = new float[elements];
      for (int i = 0; i < elements; i++) {
        Number number = stored.get(i);
        floats[i] =
            switch (encoding) {
              case FLOAT16 -> Float.float16ToFloat(number.shortValue());
              case BFLOAT16 -> Encoding.bfloat16(number.shortValue());
              case FLOAT, DOUBLE, UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32, UINT64 -> number.floatValue();
            };
      }
      return Tensor.ofFloats(encoding.element(), floats, shape);
    }
    long[] integers = stored.stream().mapToLong(Number::longValue).toArray();
    return Tensor.ofIntegers(encoding.element(), integers, shape);
  }

  private static void check(String place, Shape shape, long found, long expected, String unit) {
    if (found != expected) {
      throw error(place, "holds %d %s, but its shape %s takes %d".formatted(found, unit, shape, expected));
    }
  }

  private static String typeName(TensorProto proto) {
    TensorProto.DataType type = TensorProto.DataType.forNumber(proto.getDataType());
    return type == null ? Integer.toString(proto.getDataType()) : type.name();
  }

  static LowpassException error(String place, String message) {
    return new LowpassException("LP1006", place, message);
  }
}
