package dev.lowpass.codegen.cpu.depthwise;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.cpu.work.WorthSharing;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Var;
import java.util.Optional;

/** The fused depthwise step: how its tasks are dealt to workers, each a group of slabs and a chunk of the map. */
public final class DepthwiseCode {
  private final DepthwiseGeometry geometry;
  private final DepthwiseWalk walk;

  private DepthwiseCode(DepthwiseGeometry geometry, DepthwiseWalk walk) {
    this.geometry = geometry;
    this.walk = walk;
  }

  /** @param shares which slabs each worker makes, if that matters to the step behind */
  public static StepCode prepare(Workshop workshop, DepthwiseStep step, Optional<SlabShares> shares) {
    int panel = step.expansion().isPresent() ? workshop.chosen(Knob.VECTORS) : 1;
    boolean halves = new DepthwiseKnobs(step, workshop.machine()).isHalved(workshop.choice(), shares.isPresent());
    DepthwiseGeometry geometry = DepthwiseGeometry.of(workshop, step, halves ? 2 * panel : panel);
    workshop.needPrivate(geometry.end());
    Optional<StripExpansion> expansion =
        step.expansion()
            .filter(_ -> geometry.inverse().isEmpty())
            .map(
                plain ->
                    halves
                        ? HalvedExpansion.of(workshop, geometry, plain)
                        : PlainExpansion.of(workshop, geometry, plain));
    DepthwiseCode tasks = new DepthwiseCode(geometry, DepthwiseWalk.of(workshop, geometry, expansion));
    if (shares.isPresent() && WorthSharing.CONVOLUTION.is(step.multiplyAdds())) {
      int bounds = workshop.parameters().add(shares.orElseThrow().bounds());
      return (code, entry) ->
          entry.phase(
              code,
              body -> {
                expansion.ifPresent(maker -> maker.begin(body, entry));
                tasks.share(body, entry, bounds);
              });
    }
    Entry.Deal deal = halves ? Entry.Deal.NEIGHBOURS : tasks.deal();
    return (code, entry) ->
        entry.deal(
            code,
            tasks.count(),
            deal,
            body -> expansion.ifPresent(maker -> maker.begin(body, entry)),
            tasks.task(entry));
  }

  private int chunks() {
    return geometry.plan().strips().size();
  }

  private int count() {
    return geometry.input().batch() * geometry.groups() * chunks();
  }

  private Entry.Task task(Entry entry) {
    int groups = geometry.groups();
    int chunks = chunks();
    return (body, number, taken) -> {
      Expr group = body.let("group", number.floorMod(groups));
      Expr image = body.let("image", number.floorDiv(groups * chunks));
      Expr chunk = body.let("chunk", number.floorDiv(groups).floorMod(chunks));
      walk.walk(body, new Placement(entry, image, group, chunk, entry.isFar(taken)));
    };
  }

  private Entry.Deal deal() {
    Entry.Deal deal = WorthSharing.CONVOLUTION.deal(geometry.step().multiplyAdds());
    // Slabs are sorted by band, so the first ones have longer transforms. Of several images each worker has its own.
    boolean falling = geometry.forward().isPresent() && geometry.input().batch() == 1;
    return falling && deal == Entry.Deal.NEIGHBOURS ? Entry.Deal.IN_TURN : deal;
  }

  /** To each worker all groups that begin among its slabs. */
  private void share(Code code, Entry entry, int bounds) {
    int vectors = geometry.vectors();
    int chunks = chunks();
    Expr round = Expr.i32(vectors - 1);
    Entry.Queues queues =
        (body, worker) -> {
          Expr from = SlabShares.first(entry, bounds, worker);
          Expr to = SlabShares.first(entry, bounds, worker.plus(1));
          Var first = body.let("first", from.plus(round).floorDiv(vectors));
          Expr end = to.plus(round).floorDiv(vectors);
          return new Entry.Queue(end.minus(first).times(chunks), ticket -> ticket.plus(first.times(chunks)));
        };
    entry.work(
        code,
        queues,
        (body, task, taken) -> {
          Expr group = body.let("group", task.floorDiv(chunks));
          Expr chunk = body.let("chunk", task.floorMod(chunks));
          walk.walk(body, new Placement(entry, Expr.i32(0), group, chunk, entry.isFar(taken)));
        });
  }
}
