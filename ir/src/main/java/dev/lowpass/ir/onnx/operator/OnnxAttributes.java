package dev.lowpass.ir.onnx.operator;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attributes of an ONNX node with typed access; an attribute of another type than asked for is an error. */
public final class OnnxAttributes {
  private final Map<String, AttributeProto> entries = new LinkedHashMap<>();

  OnnxAttributes(NodeProto node) {
    node.getAttributeList().forEach(attribute -> entries.put(attribute.getName(), attribute));
  }

  public boolean has(String name) {
    return entries.containsKey(name);
  }

  public long integer(String name, long defaultValue) {
    return find(name, AttributeType.INT).map(AttributeProto::getI).orElse(defaultValue);
  }

  public boolean flag(String name) {
    return integer(name, 0) != 0;
  }

  public float real(String name, float defaultValue) {
    return find(name, AttributeType.FLOAT).map(AttributeProto::getF).orElse(defaultValue);
  }

  public Optional<Float> real(String name) {
    return find(name, AttributeType.FLOAT).map(AttributeProto::getF);
  }

  public Optional<List<Float>> reals(String name) {
    return find(name, AttributeType.FLOATS).map(AttributeProto::getFloatsList);
  }

  public String text(String name, String defaultValue) {
    return find(name, AttributeType.STRING).map(attribute -> attribute.getS().toStringUtf8()).orElse(defaultValue);
  }

  public Optional<List<Long>> integers(String name) {
    return find(name, AttributeType.INTS).map(AttributeProto::getIntsList);
  }

  public Optional<TensorProto> tensor(String name) {
    return find(name, AttributeType.TENSOR).map(AttributeProto::getT);
  }

  private Optional<AttributeProto> find(String name, AttributeType type) {
    AttributeProto attribute = entries.get(name);
    if (attribute == null) {
      return Optional.empty();
    }
    // Models of IR version 1 leave the type out.
    if (attribute.hasType() && attribute.getType() != type && attribute.getType() != AttributeType.UNDEFINED) {
      throw new IllegalArgumentException(
          "attribute '" + name + "' is of type " + attribute.getType() + ", not " + type);
    }
    return Optional.of(attribute);
  }
}
