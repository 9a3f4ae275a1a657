package dev.lowpass.codegen.tir.llvm;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.runtime.tvm.DataType;

/**
 * Counters of 32 bits that workers share while they run at the same time. TIR has no atomic operations for processors,
 * hence the piece of LLVM.
 */
public final class Atomics {
  private static final String LLVM =
      """
      define i32 @lowpass_take(ptr %counter, i32 %workers) {
        %alone = icmp eq i32 %workers, 1
        br i1 %alone, label %plain, label %shared
      plain:
        %old = load i32, ptr %counter, align 4
        %new = add i32 %old, 1
        store i32 %new, ptr %counter, align 4
        ret i32 %old
      shared:
        %taken = atomicrmw add ptr %counter, i32 1 monotonic, align 4
        ret i32 %taken
      }

      define i32 @lowpass_arrive(ptr %counter) {
        %old = atomicrmw add ptr %counter, i32 1 release, align 4
        ret i32 %old
      }

      define i32 @lowpass_spin(ptr %counter, i32 %wanted) {
        br label %look
      look:
        %turn = phi i32 [ 0, %0 ], [ %next, %again ]
        %value = load atomic i32, ptr %counter acquire, align 4
        %enough = icmp sge i32 %value, %wanted
        %tired = icmp eq i32 %turn, 200
        %done = or i1 %enough, %tired
        br i1 %done, label %end, label %again
      again:
        call void asm sideeffect "pause", ""()
        %next = add i32 %turn, 1
        br label %look
      end:
        ret i32 %value
      }
      """;

  private Atomics() {}

  /**
   * Adds one.
   *
   * @param counter address of a 32-bit integer
   * @param workers how many may do so at the same time; one alone does without the atomic operation, which costs as much
   *     as a short task
   * @return the number before
   */
  public static Expr take(Expr counter, Expr workers) {
    return call("lowpass_take", counter, workers);
  }

  /** Adds one, for those who {@link #await} it: they then see all that this thread wrote before. */
  public static Stmt arrive(Expr counter) {
    return Stmt.evaluate(call("lowpass_arrive", counter));
  }

  /**
   * Waits until a counter has reached {@code wanted}: some ten microseconds in a loop, then so that others get the
   * processor.
   */
  public static Stmt await(Expr counter, Expr wanted) {
    return Stmt.loopWhile(call("lowpass_spin", counter, wanted).lessThan(wanted), Stmt.external("sched_yield"));
  }

  /** {@code body}, in which the others may stand. */
  public static Stmt in(Stmt body) {
    return Stmt.importing(LLVM, body);
  }

  private static Expr call(String name, Expr... arguments) {
    return Expr.procedure(name, DataType.I32, arguments);
  }
}
