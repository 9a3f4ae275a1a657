package dev.lowpass.testsuite.fuzz.campaign;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes in a message that leave it a message: another number, another name, a part twice or not at all. */
final class ModelMutation {
  private static final List<String> NAMES =
      List.of("", "x", "Conv", "Relu", "Concat", "Reshape", "If", "Loop", "ai.onnx.ml", "../out", "\u202e\u0001\n", "n".repeat(3000));

  private ModelMutation() {}

  /** A model after a few changes. */
  static Message of(Message message, Random random) {
    Message.Builder changed = message.toBuilder();
    FieldDescriptor graph = message.getDescriptorForType().findFieldByName("graph");
    int changes = 1 + random.nextInt(random.nextInt(4) == 0 ? 6 : 2);
    for (int i = 0; i < changes; i++) {
      // Of the model around its graph there is little, and most of what is wrong there ends the reading at once.
      boolean outside = random.nextInt(10) == 0;
      change(outside ? changed : changed.getFieldBuilder(graph), random);
    }
    return changed.build();
  }

  /** Goes down a random way and changes something there. */
  private static void change(Message.Builder message, Random random) {
    List<FieldDescriptor> fields = new ArrayList<>(message.getAllFields().keySet());
    if (fields.isEmpty()) {
      return;
    }
    FieldDescriptor field = fields.get(random.nextInt(fields.size()));
    // A name that is another one ends the reading at once, and most fields are names.
    for (int i = 0; i < 3 && field.getJavaType() == FieldDescriptor.JavaType.STRING; i++) {
      field = fields.get(random.nextInt(fields.size()));
    }
    if (field.isRepeated()) {
      repeated(message, field, random);
    } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && random.nextInt(12) > 0) {
      change(message.getFieldBuilder(field), random);
    } else if (random.nextInt(12) == 0) {
      message.clearField(field);
    } else {
      message.setField(field, value(field, message.getField(field), random));
    }
  }

  private static void repeated(Message.Builder message, FieldDescriptor field, Random random) {
    int count = message.getRepeatedFieldCount(field);
    int at = random.nextInt(count);
    int other = random.nextInt(count);
    switch (random.nextInt(12)) {
      case 0 -> message.addRepeatedField(field, message.getRepeatedField(field, at));
      case 1 -> {
        Object first = message.getRepeatedField(field, at);
        message.setRepeatedField(field, at, message.getRepeatedField(field, other));
        message.setRepeatedField(field, other, first);
      }
      case 2 -> {
        List<Object> kept = new ArrayList<>((List<?>) message.getField(field));
        kept.remove(at);
        message.setField(field, kept);
      }
      default -> {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
          change(message.getRepeatedFieldBuilder(field, at), random);
        } else {
          message.setRepeatedField(field, at, value(field, message.getRepeatedField(field, at), random));
        }
      }
    }
  }

  private static Object value(FieldDescriptor field, Object value, Random random) {
    return switch (field.getJavaType()) {
      case INT -> (int) Numbers.near((Integer) value, random);
      case LONG -> Numbers.near((Long) value, random);
      case FLOAT -> Numbers.odd(random);
      case DOUBLE -> (double) Numbers.odd(random);
      case BOOLEAN -> !(Boolean) value;
      case STRING -> name((String) value, random);
      case BYTE_STRING -> ByteString.copyFrom(bytes(((ByteString) value).toByteArray(), random));
      case ENUM -> other(field.getEnumType().getValues(), random);
      case MESSAGE -> value;
    };
  }

  private static String name(String name, Random random) {
    return random.nextInt(3) == 0 ? name + random.nextInt(3) : NAMES.get(random.nextInt(NAMES.size()));
  }

  private static byte[] bytes(byte[] bytes, Random random) {
    return bytes.length == 0 ? new byte[] {1} : ByteMutation.of(bytes, random);
  }

  private static EnumValueDescriptor other(List<EnumValueDescriptor> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }
}
