package dev.lowpass.ir.onnx.tensor;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.lowpass.ir.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes tensors as {@code TensorProto} with raw data, always the same bytes for the same tensor. */
public final class TensorEncoder {
  private TensorEncoder() {}

  public static TensorProto encode(String name, Tensor tensor) {
    Encoding encoding = Encoding.of(tensor.type().element());
    int elements = Math.toIntExact(tensor.shape().elements());
    ByteBuffer data =
        ByteBuffer.allocate(Math.multiplyExact(elements, encoding.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      switch (tensor.type().element()) {
        case F32 -> data.putFloat(tensor.floats()[i]);
        case F64 -> data.putDouble(tensor.floats()[i]);
        case F16 -> data.putShort(Float.floatToFloat16(tensor.floats()[i]));
        case BF16 -> data.putShort((short) (Float.floatToRawIntBits(tensor.floats()[i]) >>> 16));
        case I64, U64 -> data.putLong(tensor.integers()[i]);
        case I32, U32 -> data.putInt((int) tensor.integers()[i]);
        case I16, U16 -> data.putShort((short) tensor.integers()[i]);
        case I8, U8, BOOL -> data.put((byte) tensor.integers()[i]);
      }
    }
    TensorProto.Builder proto = TensorProto.newBuilder().setName(name).setDataType(encoding.number());
    tensor.shape().dims().forEach(proto::addDims);
    return proto.setRawData(ByteString.copyFrom(data.flip())).build();
  }
}
