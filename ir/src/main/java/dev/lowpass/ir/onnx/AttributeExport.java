package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import com.google.protobuf.ByteString;
import java.util.List;

/** Attributes of ONNX nodes. */
final class AttributeExport {
  private AttributeExport() {}

  static AttributeProto.Builder integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value);
  }

  static AttributeProto.Builder flag(String name, boolean value) {
    return integer(name, value ? 1 : 0);
  }

  static AttributeProto.Builder real(String name, float value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOAT).setF(value);
  }

  static AttributeProto.Builder text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value));
  }

  static AttributeProto.Builder integers(String name, List<Integer> values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    values.forEach(attribute::addInts);
    return attribute;
  }
}
