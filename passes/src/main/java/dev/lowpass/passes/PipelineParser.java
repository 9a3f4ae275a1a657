package dev.lowpass.passes;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.pass.Pipeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Reads {@code name{key=value,…},…}. A value runs to the next comma or closing brace outside square brackets; paths
 * with such characters cannot be written.
 */
final class PipelineParser {
  private final String text;
  private int position = 0;

  PipelineParser(String text) {
    this.text = text;
  }

  List<Pipeline.Step> steps() {
    List<Pipeline.Step> steps = new ArrayList<>();
    if (text.isBlank()) {
      return steps;
    }
    do {
      steps.add(step());
    } while (accept(','));
    if (position < text.length()) {
      throw malformed("',' or the end");
    }
    return steps;
  }

  private Pipeline.Step step() {
    String name = word("the name of a pass");
    SequencedMap<String, String> written = new LinkedHashMap<>();
    if (accept('{')) {
      do {
        String key = word("the name of an option");
        if (!accept('=')) {
          throw malformed("'=' after " + key);
        }
        if (written.putIfAbsent(key, value(key)) != null) {
          throw new LowpassException("LP3002", name, "option " + key + " is given twice");
        }
      } while (accept(','));
      if (!accept('}')) {
        throw malformed("',' or '}'");
      }
    }
    return PassCatalog.make(name, written);
  }

  private String word(String expected) {
    skipSpace();
    int start = position;
    while (position < text.length() && isWordCharacter(text.charAt(position))) {
      position++;
    }
    if (position == start) {
      throw malformed(expected);
    }
    return text.substring(start, position);
  }

  private static boolean isWordCharacter(char character) {
    return Character.isLetterOrDigit(character) || character == '-' || character == '_';
  }

  private String value(String key) {
    skipSpace();
    int start = position;
    int depth = 0;
    while (position < text.length() && (depth > 0 || ",}".indexOf(text.charAt(position)) < 0)) {
      depth += text.charAt(position) == '[' ? 1 : text.charAt(position) == ']' ? -1 : 0;
      position++;
    }
    String value = text.substring(start, position).strip();
    if (value.isEmpty()) {
      throw malformed("a value of " + key);
    }
    return value;
  }

  private boolean accept(char expected) {
    skipSpace();
    boolean here = position < text.length() && text.charAt(position) == expected;
    if (here) {
      position++;
      skipSpace();
    }
    return here;
  }

  private void skipSpace() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private LowpassException malformed(String expected) {
    String found = position < text.length() ? "'" + text.charAt(position) + "'" : "the end";
    String message = "expected " + expected + ", found " + found + "; a pipeline is name{key=value,...},...";
    return new LowpassException("LP3002", "pipeline:" + (position + 1), message);
  }
}
