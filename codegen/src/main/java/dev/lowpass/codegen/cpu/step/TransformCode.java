package dev.lowpass.codegen.cpu.step;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.map.ForwardKernel;
import dev.lowpass.codegen.cpu.kernel.map.ForwardPass;
import dev.lowpass.codegen.cpu.kernel.map.InverseKernel;
import dev.lowpass.codegen.cpu.kernel.map.Masks;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.cpu.work.WorthSharing;
import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.Optional;

/** A transform of its own, slab by slab. */
public final class TransformCode {
  private TransformCode() {}

  public static StepCode prepare(Workshop workshop, TransformStep step) {
    Layout.Slabbed input = step.input().slabbed();
    Layout.Slabbed output = step.output().slabbed();
    BlockGrid grid = new BlockGrid((Layout.Coefficients) (step.isForward() ? output : input));
    workshop.needPrivate(ForwardPass.scratchElements(grid));
    // Many blocks make one slab's transform long: rows of blocks are shared out as well, unless they make one mean.
    int parts = output.slabs() * input.batch() < 8 && !step.pooled() ? grid.blockRows() : 1;
    int tasks = input.batch() * output.slabs() * parts;
    Entry.Deal deal = WorthSharing.TRANSFORM.deal(input.elements());
    Slab transform = step.isForward() ? forward(workshop, step, grid) : inverse(workshop, step, grid);
    return (code, entry) ->
        entry.deal(
            code,
            tasks,
            deal,
            (body, task, _) -> {
              Expr slab = body.let("slab", task.floorDiv(parts));
              Expr blockRow = parts == 1 ? Expr.i32(0) : task.floorMod(parts);
              Expr blockRows = Expr.i32(parts == 1 ? grid.blockRows() : 1);
              transform.write(body, entry, slab, blockRow, blockRows);
            });
  }

  /** What is done for some rows of blocks of a slab; images follow each other, so slabs count through the batch. */
  private interface Slab {
    void write(Code code, Entry entry, Expr slab, Expr blockRow, Expr blockRows);
  }

  private static Expr address(Entry entry, Slot slot, Expr slab) {
    return entry.address(slot, slab.times(slot.slabbed().rows() * LANES));
  }

  private static Slab forward(Workshop workshop, TransformStep step, BlockGrid grid) {
    int level = step.exact() ? grid.size() : Math.max(1, step.keep().longest());
    ForwardPass pass = new ForwardPass(grid, level, step.exact());
    BuiltKernel<ForwardKernel.Call> kernel =
        workshop.kernel("forward", new ForwardKernel(Optional.empty(), pass));
    Optional<Integer> masks =
        step.exact()
            ? Optional.of(workshop.parameters().add(Masks.of(step.keep(), grid.size())))
            : Optional.empty();
    int slabs = step.output().slabbed().slabs();
    return (code, entry, slab, blockRow, blockRows) ->
        kernel
            .call()
            .map(address(entry, step.input(), slab), Expr.i32(0))
            .scratch(entry.privateAddress(entry.worker(), 0))
            .taps(entry.parameter(Expr.i32(0)))
            .mask(masks.map(at -> entry.parameter(slab.floorMod(slabs).times(grid.size() * LANES).plus(at))))
            .y(address(entry, step.output(), slab))
            .blockRows(blockRow, blockRows)
            .in(code);
  }

  private static Slab inverse(Workshop workshop, TransformStep step, BlockGrid grid) {
    InverseKernel inverse =
        new InverseKernel(
            grid,
            Math.max(1, step.keep().longest()),
            Epilogue.of(step.residual(), step.activation()),
            step.pooled() ? InverseKernel.Output.MEAN : InverseKernel.Output.MAP);
    BuiltKernel<InverseKernel.Call> kernel = workshop.kernel("inverse", inverse);
    int mapElements = grid.layout().height() * grid.layout().width() * LANES;
    return (code, entry, slab, blockRow, blockRows) ->
        kernel
            .call()
            .x(address(entry, step.input(), slab))
            .scratch(entry.privateAddress(entry.worker(), 0))
            .residual(step.residual().map(residual -> entry.address(residual, slab.times(mapElements))))
            .y(address(entry, step.output(), slab))
            .blockRows(blockRow, blockRows)
            .in(code);
  }
}
