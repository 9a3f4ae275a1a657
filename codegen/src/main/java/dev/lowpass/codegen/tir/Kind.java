package dev.lowpass.codegen.tir;

import dev.lowpass.runtime.tvm.DataType;
import java.util.Optional;

/**
 * What a call passes, and what a parameter wants. C's calling convention converts nothing and checks nothing: an address
 * taken for a count, or the other way round, would overwrite somebody's memory.
 */
sealed interface Kind {
  /** How TIR holds it. */
  DataType type();

  /** Whether a parameter of this kind takes {@code given}. */
  boolean takes(Kind given);

  /** Of a value of {@code type}, of which nothing else is known. */
  static Kind of(DataType type) {
    return type.equals(DataType.HANDLE) ? new Pointer(Optional.empty()) : new Number(type);
  }

  /** Of an address of memory that holds {@code element}s. */
  static Kind pointer(DataType element) {
    return new Pointer(Optional.of(element));
  }

  /** A number, or a vector of numbers. */
  record Number(DataType type) implements Kind {
    @Override
    public boolean takes(Kind given) {
      return equals(given);
    }

    @Override
    public String toString() {
      return type.toString();
    }
  }

  /** An address of elements of one type, if that is known. */
  record Pointer(Optional<DataType> element) implements Kind {
    @Override
    public DataType type() {
      return DataType.HANDLE;
    }

    @Override
    public boolean takes(Kind given) {
      return given instanceof Pointer pointer
          && (element.isEmpty() || pointer.element.isEmpty() || element.equals(pointer.element));
    }

    @Override
    public String toString() {
      return element.map(type -> "a pointer to " + type).orElse("a pointer");
    }
  }

  /** A tensor: where its elements lie, and how many of which type there are. */
  record Tensor(DataType element) implements Kind {
    @Override
    public DataType type() {
      return DataType.HANDLE;
    }

    @Override
    public boolean takes(Kind given) {
      return equals(given);
    }

    @Override
    public String toString() {
      return "a tensor of " + element;
    }
  }
}
