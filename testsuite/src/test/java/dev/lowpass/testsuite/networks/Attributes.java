package dev.lowpass.testsuite.networks;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import com.google.protobuf.ByteString;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.onnx.tensor.TensorEncoder;
import java.util.List;

/** Attributes of ONNX nodes. */
final class Attributes {
  private Attributes() {}

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto integers(String name, List<Integer> values) {
    List<Long> list = values.stream().map(Integer::longValue).toList();
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS).addAllInts(list).build();
  }

  static AttributeProto integers(String name, int... values) {
    return integers(name, Feature.shape(values));
  }

  static AttributeProto real(String name, double value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOAT).setF((float) value).build();
  }

  static AttributeProto reals(String name, List<Float> values) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOATS).addAllFloats(values).build();
  }

  static AttributeProto text(String name, String value) {
    ByteString bytes = ByteString.copyFromUtf8(value);
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.STRING).setS(bytes).build();
  }

  static AttributeProto tensor(String name, Tensor value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.TENSOR)
        .setT(TensorEncoder.encode("", value))
        .build();
  }
}
