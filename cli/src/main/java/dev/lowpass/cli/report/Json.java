package dev.lowpass.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object under construction; its members print in the order in which they were put. */
public final class Json {
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  /** Adds a member: a string, number, boolean, list, map, or another {@code Json}; not-a-number becomes null. */
  public Json with(String name, @Nullable Object value) {
    members.put(name, plain(value));
    return this;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Json json -> json.members;
      case Double number when !Double.isFinite(number) -> null;
      case Iterable<?> items -> {
        List<@Nullable Object> plain = new ArrayList<>();
        items.forEach(item -> plain.add(plain(item)));
        yield plain;
      }
      case null -> null;
      default -> value;
    };
  }

  @Override
  public String toString() {
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a member that is no JSON value", e);
    }
  }
}
