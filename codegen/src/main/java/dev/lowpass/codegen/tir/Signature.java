package dev.lowpass.codegen.tir;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a function is called with.
 *
 * @param convention how it takes what its buffers stand for
 * @param parameters of different names
 */
record Signature(String function, Convention convention, List<Parameter> parameters) {
  /** How arguments travel. */
  enum Convention {
    /** C's: a buffer is an address. */
    KERNEL("a kernel"),
    /** TVM's packed one: a buffer is a tensor. */
    ENTRY("an entry");

    private final String text;

    Convention(String text) {
      this.text = text;
    }
  }

  Signature {
    parameters = List.copyOf(parameters);
    Set<String> names = new HashSet<>();
    for (Parameter parameter : parameters) {
      if (!names.add(parameter.name())) {
        throw new IllegalArgumentException(function + " has two parameters '" + parameter.name() + "'");
      }
    }
  }

  /** Refuses arguments that {@code wanted} does not bring, or that are not what the parameters want. */
  void check(Convention wanted, List<? extends Expr> arguments) {
    if (convention != wanted) {
      throw new IllegalArgumentException(function + " is " + convention.text + ", called as " + wanted.text);
    }
    if (arguments.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "%s wants %d arguments (%s), given %d".formatted(function, parameters.size(), names(), arguments.size()));
    }
    for (int i = 0; i < arguments.size(); i++) {
      check(i, arguments.get(i));
    }
  }

  /** Refuses {@code argument} where parameter {@code index} wants another kind. */
  void check(int index, Expr argument) {
    Kind wanted = kind(parameters.get(index));
    if (!wanted.takes(argument.kind())) {
      String name = parameters.get(index).name();
      throw new IllegalArgumentException(
          "%s: argument %d '%s' wants %s, given %s".formatted(function, index + 1, name, wanted, argument.kind()));
    }
  }

  /** The place of the parameter {@code name}. */
  int index(String name) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("%s has no parameter '%s', but (%s)".formatted(function, name, names()));
  }

  private Kind kind(Parameter parameter) {
    return switch (parameter) {
      case Var variable -> variable.kind();
      case Buffer buffer -> switch (convention) {
        case KERNEL -> Kind.pointer(buffer.element());
        case ENTRY -> new Kind.Tensor(buffer.element());
      };
    };
  }

  private String names() {
    return parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
  }
}
