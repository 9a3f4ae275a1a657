package dev.lowpass.codegen.cpu.step;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.ForwardKernel;
import dev.lowpass.codegen.cpu.kernel.ForwardPass;
import dev.lowpass.codegen.cpu.kernel.InverseKernel;
import dev.lowpass.codegen.cpu.kernel.Masks;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A transform of its own, slab by slab. */
public final class TransformCode {
  /** Elements below which one worker is faster than two. */
  private static final long SMALL = 1 << 14;

  private TransformCode() {}

  public static StepCode prepare(Workshop workshop, TransformStep step) {
    Layout.Slabbed input = step.input().slabbed();
    Layout.Slabbed output = step.output().slabbed();
    BlockGrid grid = new BlockGrid((Layout.Coefficients) (step.isForward() ? output : input));
    workshop.needPrivate(ForwardPass.scratchElements(grid));
    // Many blocks make one slab's transform long: rows of blocks are shared out as well, unless they make one mean.
    int parts = output.slabs() * input.batch() < 8 && !step.pooled() ? grid.blockRows() : 1;
    Function kernel = kernel(workshop, step, grid);
    int masks =
        step.isForward() && step.exact() ? workshop.parameters().add(Masks.of(step.keep(), grid.size())) : 0;
    int tasks = input.batch() * output.slabs() * parts;
    Entry.Deal deal = input.elements() < SMALL ? Entry.Deal.ALONE : Entry.Deal.NEIGHBOURS;
    return (code, entry) ->
        entry.deal(
            code,
            tasks,
            deal,
            (body, task, _) -> {
              Expr slab = body.let("slab", task.floorDiv(parts));
              Expr blockRow = parts == 1 ? Expr.i32(0) : task.floorMod(parts);
              Expr blockRows = Expr.i32(parts == 1 ? grid.blockRows() : 1);
              // Images follow each other, so slabs count through the batch.
              Expr x = slab.times(input.rows() * LANES);
              Expr y = slab.times(output.rows() * LANES);
              List<Expr> arguments = new ArrayList<>();
              arguments.add(entry.address(step.input(), x));
              arguments.add(entry.privateAddress(entry.worker(), 0));
              if (step.isForward()) {
                arguments.add(entry.parameter(Expr.i32(0)));
                if (step.exact()) {
                  Expr own = slab.floorMod(output.slabs()).times(grid.size() * LANES);
                  arguments.add(entry.parameter(own.plus(masks)));
                }
                arguments.add(entry.address(step.output(), y));
                arguments.addAll(List.of(blockRow, blockRows, Expr.i32(0)));
              } else {
                Expr map = slab.times(grid.layout().height() * grid.layout().width() * LANES);
                step.residual().ifPresent(residual -> arguments.add(entry.address(residual, map)));
                arguments.add(entry.address(step.output(), y));
                arguments.addAll(List.of(blockRow, blockRows));
              }
              body.call(kernel, arguments.toArray(Expr[]::new));
            });
  }

  private static Function kernel(Workshop workshop, TransformStep step, BlockGrid grid) {
    int level = Math.max(1, step.keep().longest());
    if (step.isForward()) {
      ForwardPass pass = new ForwardPass(grid, step.exact() ? grid.size() : level, step.exact());
      ForwardKernel kernel = new ForwardKernel(Optional.empty(), pass);
      return workshop.kernel("forward", kernel, kernel::build);
    }
    InverseKernel kernel =
        new InverseKernel(grid, level, step.residual().isPresent(), step.activation(), step.pooled());
    return workshop.kernel("inverse", kernel, kernel::build);
  }
}
