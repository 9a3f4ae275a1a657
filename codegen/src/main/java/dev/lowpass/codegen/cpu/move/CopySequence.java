package dev.lowpass.codegen.cpu.move;

import dev.lowpass.codegen.element.ElementFunction;
import dev.lowpass.codegen.element.Memory;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.List;

/** Several copies, whose items are one after the other. */
record CopySequence(List<CopyElements> copies) implements ElementFunction {
  @Override
  public long count() {
    return copies.stream().mapToLong(CopyElements::count).sum();
  }

  @Override
  public long weight() {
    long elements = copies.stream().mapToLong(copy -> copy.count() * copy.weight()).sum();
    return Math.max(1, elements / count());
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    write(code, memory, index, 0);
  }

  private void write(Code code, Memory memory, Expr index, int first) {
    CopyElements copy = copies.get(first);
    if (first == copies.size() - 1) {
      copy.write(code, memory, index);
      return;
    }
    code.when(
        index.lessThan(copy.count()),
        then -> copy.write(then, memory, index),
        otherwise -> write(otherwise, memory, index.minus(copy.count()), first + 1));
  }
}
