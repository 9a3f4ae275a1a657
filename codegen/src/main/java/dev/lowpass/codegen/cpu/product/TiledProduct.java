package dev.lowpass.codegen.cpu.product;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.product.Factors;
import dev.lowpass.codegen.cpu.kernel.product.PanelCall;
import dev.lowpass.codegen.cpu.kernel.product.ProductPanel;
import dev.lowpass.codegen.cpu.kernel.product.Zeros;
import dev.lowpass.codegen.cpu.rounded.Rounding;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.PackedFactors;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.cpu.work.WorthSharing;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.List;
import java.util.Optional;

/**
 * A banded or dense product in register tiles: its tasks are some row tiles times one panel, read from a table.
 *
 * @param zeros what it does about zeros
 * @param tasks all tasks
 * @param table where the tasks lie in the parameters
 * @param kernels of whole tasks
 * @param listAt where a worker's list of what is not zero starts in its private memory
 * @param rounding where a worker rounds what a task reads, if it is rounded
 */
record TiledProduct(
    ProductStep step,
    Zeros zeros,
    PackedFactors packed,
    List<ProductTask> tasks,
    int table,
    PanelKernels kernels,
    int listAt,
    Optional<Rounding> rounding) {
  private static final int MOST_TILES_A_TASK = 16;

  static Factors factors(ProductStep step) {
    return new Factors(step.channels(), step.outputs(), step.weight(), step.bias(), step.precision());
  }

  /** @param given who made which slabs of the input, if one worker after another may go on with its own */
  static StepCode prepare(Workshop workshop, ProductStep step, Zeros zeros, Optional<SlabShares> given) {
    Optional<SlabShares> shares =
        given.filter(_ -> workshop.chosen(Knob.SPLIT) == 1 && WorthSharing.PRODUCT.is(step.multiplyAdds()));
    TiledProduct product = of(workshop, step, zeros, shares.isPresent());
    if (shares.isPresent()) {
      return SharedProduct.prepare(workshop, product, shares.orElseThrow());
    }
    Entry.Deal deal = WorthSharing.PRODUCT.deal(step.multiplyAdds());
    return (code, entry) ->
        entry.deal(
            code, product.tasks.size(), deal, (body, task, taken) ->
                product.multiply(body, entry, task, entry.isFar(taken)));
  }

  private static TiledProduct of(Workshop workshop, ProductStep step, Zeros zeros, boolean shared) {
    // Behind a worker's partial sums, if it has any.
    int listAt = shared ? Math.toIntExact(step.output().slabbed().imageElements()) : 0;
    boolean even = step.channels() % 2 == 0 && step.bands().stream().allMatch(band -> band.channels() % 2 == 0);
    Factors factors = factors(step);
    workshop.needPrivate(listAt + (long) zeros.scratch(step.channels()));
    PackedFactors packed =
        PackedFactors.of(workshop, factors, zeros.panels(factors, workshop.chosen(Knob.VECTORS), even));
    int chunk = workshop.chosen(Knob.ROWS) * tilesATask(workshop, step, shared);
    List<ProductTask> tasks = ProductTask.of(step, packed, chunk);
    PanelKernels kernels =
        PanelKernels.of(workshop, step, packed.panels(), zeros, tasks, PanelKernels.Extent.WHOLE);
    int table = workshop.parameters().add(ProductTask.table(tasks));
    int rows = tasks.stream().mapToInt(ProductTask::rows).max().orElse(0);
    Optional<Rounding> rounding =
        Rounding.of(workshop, factors, ProductGeometry.of(step).inputPitch(), listAt, rows);
    return new TiledProduct(step, zeros, packed, tasks, table, kernels, listAt, rounding);
  }

  private static int tilesATask(Workshop workshop, ProductStep step, boolean shared) {
    ProductGeometry geometry = ProductGeometry.of(step);
    int tiles = Math.ceilDiv(geometry.rows(), workshop.chosen(Knob.ROWS));
    if (step.pooled() || shared) {
      // One task makes all of a mean; shares are equal whatever the tasks.
      return tiles;
    }
    // Enough tasks to deal out.
    int panels = Math.ceilDiv(geometry.output().slabs(), workshop.chosen(Knob.VECTORS));
    long wanted = tiles * ((long) panels * geometry.images()) / workshop.chosen(Knob.TASKS);
    return Math.clamp(wanted, 1, MOST_TILES_A_TASK);
  }

  /** Calls a panel's kernel. */
  interface Call {
    void write(Code code, ProductTask.Words task, BuiltKernel<PanelCall> kernel, ProductPanel panel);
  }

  /** Writes {@code call} for task {@code number}, with the one of {@code chosen} that the task is for. */
  void call(Code code, Entry entry, Expr number, PanelKernels chosen, Call call) {
    ProductTask.Words words =
        new ProductTask.Words(entry, table, code.let("words", ProductTask.Words.start(number)));
    if (packed.panels().areAlike()) {
      call.write(code, words, chosen.first(), packed.panels().at(0));
    } else {
      code.when(
          words.isLast(),
          last -> call.write(last, words, chosen.last(), packed.panels().last()),
          others -> call.write(others, words, chosen.first(), packed.panels().at(0)));
    }
  }

  /** Writes all of task {@code number}. */
  void multiply(Code code, Entry entry, Expr number, Expr far) {
    call(
        code,
        entry,
        number,
        kernels,
        (body, task, kernel, _) -> {
          Expr added = step.pooled() ? task.y().times(step.input().slabbed().rows()) : task.y();
          Expr x = entry.address(step.input(), task.x());
          rounding.ifPresent(to -> to.round(body, entry, x, task.rows(), task.channels()));
          PanelCall call = kernel.call();
          rounding
              .map(from -> from.passTo(call, entry, Expr.i32(0)))
              .orElseGet(() -> call.x(x))
              .weights(entry.parameter(task.weights()))
              .bias(entry.parameter(task.bias()))
              .residual(step.residual().map(residual -> entry.address(residual, added)))
              .y(entry.address(step.output(), task.y()))
              .rows(task.rows())
              .channels(task.channels())
              .biasRows(task.biasRows())
              .far(far)
              .list(list(entry))
              .in(body);
        });
  }

  /** Memory for a worker's list. */
  Expr list(Entry entry) {
    return entry.privateAddress(entry.worker(), listAt);
  }
}
