package dev.lowpass.codegen.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An object of JSON; what it lacks is an {@link IllegalArgumentException}. */
record Members(Map<?, ?> json) {
  boolean has(String key) {
    return json.containsKey(key);
  }

  String text(String key) {
    return cast(key, json.get(key), String.class);
  }

  long whole(String key) {
    return cast(key, json.get(key), Long.class);
  }

  /** A whole number that counts steps. */
  int index(String key) {
    long index = whole(key);
    if (index < 0 || index > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("'" + key + "' is " + index);
    }
    return (int) index;
  }

  boolean flag(String key) {
    return cast(key, json.get(key), Boolean.class);
  }

  double number(String key) {
    return cast(key, json.get(key), Number.class).doubleValue();
  }

  /** Microseconds; what is below zero was not predicted. */
  double time(String key) {
    double time = number(key);
    return time < 0 ? Double.NaN : time;
  }

  List<String> texts(String key) {
    return elements(key, String.class);
  }

  List<String> keys() {
    return json.keySet().stream().map(String::valueOf).toList();
  }

  Members object(String key) {
    return new Members(cast(key, json.get(key), Map.class));
  }

  List<Members> objects(String key) {
    return elements(key, Map.class).stream().map(Members::new).toList();
  }

  private <T> List<T> elements(String key, Class<T> type) {
    List<T> elements = new ArrayList<>();
    for (Object element : cast(key, json.get(key), List.class)) {
      elements.add(cast(key, element, type));
    }
    return elements;
  }

  private <T> T cast(String key, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("'" + key + "' is " + (has(key) ? "something else" : "missing"));
    }
    return type.cast(value);
  }
}
