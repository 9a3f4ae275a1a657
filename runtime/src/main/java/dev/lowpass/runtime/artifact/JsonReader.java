package dev.lowpass.runtime.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) as maps, lists, strings, Longs, Doubles, Booleans and nulls. Strict, bounded in depth, and a
 * key given twice is an error. Written out because it is small, and a library's first use would double a program's
 * start-up.
 */
final class JsonReader {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER_LENGTH = 40;

  private final String text;
  private int position;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /** The object that {@code utf8} holds. */
  static Map<String, @Nullable Object> read(byte[] utf8) throws IOException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("not UTF-8", e);
    }
    JsonReader reader = new JsonReader(text);
    reader.skipSpace();
    reader.expect('{');
    Map<String, @Nullable Object> object = reader.object();
    reader.skipSpace();
    if (reader.position < text.length()) {
      throw reader.error("text after the object");
    }
    return object;
  }

  private @Nullable Object value() throws IOException {
    skipSpace();
    char first = next();
    switch (first) {
      case '{':
        return object();
      case '[':
        return array();
      case '"':
        return string();
      case 't':
        return word("true", true);
      case 'f':
        return word("false", false);
      case 'n':
        return word("null", null);
      default:
        return number();
    }
  }

  private Map<String, @Nullable Object> object() throws IOException {
    enter();
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (more('}', object.isEmpty())) {
      skipSpace();
      expect('"');
      String key = string();
      skipSpace();
      expect(':');
      if (object.containsKey(key)) {
        throw error("the key '" + key + "' twice");
      }
      object.put(key, value());
    }
    return object;
  }

  private List<@Nullable Object> array() throws IOException {
    enter();
    List<@Nullable Object> array = new ArrayList<>();
    while (more(']', array.isEmpty())) {
      array.add(value());
    }
    return array;
  }

  private void enter() throws IOException {
    depth++;
    if (depth > MAX_DEPTH) {
      throw error("nested deeper than " + MAX_DEPTH);
    }
  }

  /** Whether an element follows: takes the comma before it, or the closing bracket. */
  private boolean more(char close, boolean first) throws IOException {
    skipSpace();
    if (peek() == close) {
      position++;
      depth--;
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  private String string() throws IOException {
    StringBuilder string = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return string.toString();
      }
      if (c < ' ') {
        throw error("a control character in a string");
      }
      string.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() throws IOException {
    char c = next();
    switch (c) {
      case '"', '\\', '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(next(), 16);
          if (digit < 0) {
            throw error("a broken escape");
          }
          code = code << 4 | digit;
        }
        return (char) code;
      default:
        throw error("an unknown escape");
    }
  }

  private @Nullable Object word(String word, @Nullable Object meaning) throws IOException {
    if (!text.startsWith(word, position - 1)) {
      throw error("neither a value nor the end");
    }
    position += word.length() - 1;
    return meaning;
  }

  private Number number() throws IOException {
    int start = position - 1;
    while (position < text.length() && "+-.eE0123456789".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    String digits = text.substring(start, Math.min(position, start + MAX_NUMBER_LENGTH + 1));
    if (digits.length() > MAX_NUMBER_LENGTH || "-0123456789".indexOf(digits.charAt(0)) < 0) {
      throw error("neither a value nor the end");
    }
    try {
      boolean whole = digits.indexOf('.') < 0 && digits.indexOf('e') < 0 && digits.indexOf('E') < 0;
      return whole ? (Number) Long.valueOf(digits) : (Number) Double.valueOf(digits);
    } catch (NumberFormatException e) {
      throw error("a broken number");
    }
  }

  private void skipSpace() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private void expect(char wanted) throws IOException {
    if (next() != wanted) {
      throw error("'" + wanted + "' is missing");
    }
  }

  private char peek() throws IOException {
    if (position >= text.length()) {
      throw error("it ends too early");
    }
    return text.charAt(position);
  }

  private char next() throws IOException {
    char c = peek();
    position++;
    return c;
  }

  private IOException error(String problem) {
    return new IOException("at character " + position + ": " + problem);
  }
}
