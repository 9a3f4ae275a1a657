package dev.lowpass.runtime.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, iterables, strings, numbers, Booleans and nulls as JSON, in their own order and without spaces. */
final class JsonWriter {
  private final StringBuilder text = new StringBuilder();

  private JsonWriter() {}

  /** UTF-8. */
  static byte[] write(Map<String, ?> object) {
    JsonWriter writer = new JsonWriter();
    writer.value(object);
    return writer.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void value(@Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      text.append('{');
      String separator = "";
      for (Map.Entry<?, ?> entry : object.entrySet()) {
        text.append(separator);
        string((String) entry.getKey());
        text.append(':');
        value(entry.getValue());
        separator = ",";
      }
      text.append('}');
    } else if (value instanceof Iterable<?> array) {
      text.append('[');
      String separator = "";
      for (Object element : array) {
        text.append(separator);
        value(element);
        separator = ",";
      }
      text.append(']');
    } else if (value instanceof String string) {
      string(string);
    } else if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer) {
      text.append(value);
    } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      text.append(number.doubleValue());
    } else {
      throw new IllegalArgumentException("JSON has no " + value);
    }
  }

  private void string(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        // Surrogates too: one alone has no form in UTF-8.
        text.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
