package dev.lowpass.codegen.tir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of a kernel while it is written: every argument is passed by the name of its parameter, in any order, and is
 * checked at once. So a kernel that has some parameters only sometimes is called in one way:
 *
 * <pre>
 * Call.to(kernel).pass("x", x).pass("residual", residual).pass("y", y).pass("rows", rows).statement()
 * </pre>
 */
public final class Call {
  private final Function kernel;
  private final Map<String, Expr> arguments = new LinkedHashMap<>();

  private Call(Function kernel) {
    this.kernel = kernel;
  }

  public static Call to(Function kernel) {
    return new Call(kernel);
  }

  /** @throws IllegalArgumentException if there is no such parameter, or it has an argument, or wants another kind */
  public Call pass(String parameter, Expr argument) {
    kernel.signature().check(kernel.signature().index(parameter), argument);
    if (arguments.putIfAbsent(parameter, argument) != null) {
      throw new IllegalArgumentException(kernel.name() + ": '" + parameter + "' is passed twice");
    }
    return this;
  }

  /** Passes the argument, if there is one: for a parameter that a kernel has only sometimes. */
  public Call pass(String parameter, Optional<? extends Expr> argument) {
    argument.ifPresent(given -> pass(parameter, given));
    return this;
  }

  /** @throws IllegalArgumentException if an argument is missing */
  public Stmt statement() {
    List<Expr> all = new ArrayList<>();
    for (Parameter parameter : kernel.parameters()) {
      Expr argument = arguments.get(parameter.name());
      if (argument == null) {
        throw new IllegalArgumentException(kernel.name() + ": nothing is passed for '" + parameter.name() + "'");
      }
      all.add(argument);
    }
    return Stmt.call(kernel, all);
  }

  @Override
  public String toString() {
    return kernel.name() + arguments;
  }
}
