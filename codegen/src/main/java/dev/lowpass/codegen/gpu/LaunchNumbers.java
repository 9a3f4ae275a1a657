package dev.lowpass.codegen.gpu;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What a step tells a kernel that it shares with others, by name: numbers, or the expressions that stand for them in
 * the kernel. One taken for another would send a kernel into somebody's memory.
 */
record LaunchNumbers<T>(SequencedMap<String, T> byName) {
  LaunchNumbers {
    byName = new LinkedHashMap<>(byName);
  }

  static <T> LaunchNumbers<T> none() {
    return new LaunchNumbers<>(new LinkedHashMap<>());
  }

  /** These and {@code value}. */
  LaunchNumbers<T> with(String name, T value) {
    LaunchNumbers<T> more = new LaunchNumbers<>(byName);
    if (more.byName.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("two numbers '" + name + "'");
    }
    return more;
  }

  /** These and then {@code others}. */
  LaunchNumbers<T> with(LaunchNumbers<T> others) {
    LaunchNumbers<T> all = this;
    for (Map.Entry<String, T> other : others.byName.entrySet()) {
      all = all.with(other.getKey(), other.getValue());
    }
    return all;
  }

  T get(String name) {
    T value = byName.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no number '" + name + "', but " + names());
    }
    return value;
  }

  Set<String> names() {
    return byName.sequencedKeySet();
  }
}
