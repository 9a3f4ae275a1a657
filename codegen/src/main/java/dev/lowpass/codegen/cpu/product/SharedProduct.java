package dev.lowpass.codegen.cpu.product;

import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;

/**
 * A product whose channels workers share out: one worker does all of it at once; several multiply what each has made
 * itself, and put their sums together when all are done.
 *
 * @param parts kernels of a part of the channels
 */
record SharedProduct(TiledProduct product, PanelKernels parts, PartialSums sums) {
  static StepCode prepare(Workshop workshop, TiledProduct product, SlabShares shares) {
    PanelKernels parts =
        PanelKernels.of(
            workshop,
            product.step(),
            product.packed().panels(),
            product.zeros(),
            product.tasks(),
            PanelKernels.Extent.PART);
    PartialSums sums = new PartialSums(workshop, product.step(), shares, product.packed().panels().vectors());
    return new SharedProduct(product, parts, sums)::write;
  }

  private void write(Code code, Entry entry) {
    int tasks = product.tasks().size();
    entry.phase(
        code,
        body ->
            body.when(
                entry.workers().equalTo(1),
                alone ->
                    alone.loop("task", tasks, (each, task) -> product.multiply(each, entry, task, Expr.i32(0))),
                several -> multiply(several, entry, tasks)));
    entry.phase(
        code,
        body ->
            body.when(
                Expr.i32(1).lessThan(entry.workers()),
                several ->
                    entry.work(
                        several,
                        entry.neighbours(product.step().output().slabbed().slabs()),
                        (each, slab, _) -> sums.reduce(each, entry, slab))));
  }

  /** To each worker all tasks, with its part of the channels. */
  private void multiply(Code code, Entry entry, int tasks) {
    entry.work(
        code,
        (_, _) -> new Entry.Queue(Expr.i32(tasks), ticket -> ticket),
        (body, task, taken) -> {
          PartialSums.Share share = sums.share(body, entry, taken.queue());
          product.call(
              body,
              entry,
              task,
              parts,
              (inner, words, kernel, panel) ->
                  sums.multiply(inner, entry, share, words, panel, kernel.call().list(product.list(entry))));
        });
  }
}
