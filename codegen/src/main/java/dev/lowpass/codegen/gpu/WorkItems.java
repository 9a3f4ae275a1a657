package dev.lowpass.codegen.gpu;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.ThreadAxis;
import java.util.function.BiConsumer;

/** Independent items of work, one a work-item. */
final class WorkItems {
  /** Work-items of a group: what every device takes. */
  static final int GROUP = 256;

  private WorkItems() {}

  static void forEach(Code code, long count, BiConsumer<Code, Expr> item) {
    if (count == 0) {
      return;
    }
    int group = (int) Math.min(GROUP, count);
    code.loop(
        "group",
        Math.ceilDiv(count, group),
        ThreadAxis.BLOCK_X,
        (groups, block) ->
            groups.loop(
                "thread",
                group,
                ThreadAxis.THREAD_X,
                (threads, thread) -> {
                  Expr index = block.times(group).plus(thread);
                  if (count % group == 0) {
                    item.accept(threads, index);
                  } else {
                    threads.when(index.lessThan(count), inside -> item.accept(inside, index));
                  }
                }));
  }
}
