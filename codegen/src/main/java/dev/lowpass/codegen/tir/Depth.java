package dev.lowpass.codegen.tir;

import dev.lowpass.ir.LowpassException;
import java.util.List;

/**
 * How many levels a tree of TIR has. Nearly everything that TVM and LLVM do with one recurses, on a stack that has an
 * end, behind which the process dies without a word.
 */
final class Depth {
  /**
   * Levels that are compiled. Kernels have some hundred, the largest less than a thousand; the stacks of {@code
   * codegen.build.DeepStack} are enough for ten times as many.
   */
  static final int MOST = 4096;

  private Depth() {}

  static int over(Expr... parts) {
    int deepest = 0;
    for (Expr part : parts) {
      deepest = Math.max(deepest, part.depth());
    }
    return deepest + 1;
  }

  static int over(List<Stmt> parts) {
    return 1 + parts.stream().mapToInt(Stmt::depth).max().orElse(0);
  }

  static int over(Expr head, Stmt first, Stmt... more) {
    return Math.max(over(head), Math.max(over(List.of(first)), over(List.of(more))));
  }

  /** @throws LowpassException LP4903 for a function whose body is deeper than what is compiled */
  static void check(String function, Stmt body) {
    if (body.depth() > MOST) {
      throw new LowpassException(
          "LP4903",
          function,
          "code that is nested %d levels deep, at most %d are compiled; the model joins more into one step than we can"
              .formatted(body.depth(), MOST));
    }
  }
}
