package dev.lowpass.codegen.cpu.block;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.product.Zeros;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.step.Producer;
import dev.lowpass.codegen.plan.step.Stem;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A fused block, strip by strip: the producer fills a ring of rows, depthwise reads the ring into a strip, and the
 * projection writes the strip's rows of the output. Producer and depthwise take turns panel by panel, so that depthwise
 * finds a panel's rows in the first-level cache. Each worker walks down neighbouring strips with a ring of its own, and
 * expanded data crosses to no other; only the rows above a worker's first strip are made twice. Of several images a
 * worker gets neighbours as well, here as in other steps, so that an image stays with its worker.
 */
public final class BlockCode {
  private final BlockGeometry geometry;
  private final Optional<BlockProducer> producer;
  private final BlockDepthwise depthwise;
  private final BlockProjection projection;

  private BlockCode(Workshop workshop, BlockGeometry geometry, Zeros zeros) {
    this.geometry = geometry;
    this.producer = geometry.step().producer().map(made -> producer(workshop, geometry, made));
    this.depthwise = BlockDepthwise.of(workshop, geometry);
    this.projection = BlockProjection.of(workshop, geometry, zeros);
  }

  public static StepCode prepare(Workshop workshop, BlockStep step) {
    BlockGeometry geometry = BlockGeometry.of(workshop, step);
    Zeros zeros = new BlockKnobs(step, workshop.machine()).zeros(workshop.choice());
    workshop.needPrivate(geometry.listAt() + (long) zeros.scratch(step.channels()));
    return new BlockCode(workshop, geometry, zeros)::write;
  }

  private static BlockProducer producer(Workshop workshop, BlockGeometry geometry, Producer made) {
    return switch (made) {
      case Expansion expansion -> ExpansionProducer.of(workshop, geometry, expansion);
      case Stem stem -> StemProducer.of(workshop, geometry, stem);
    };
  }

  private void write(Code code, Entry entry) {
    int strips = geometry.strips();
    entry.phase(
        code,
        phase -> {
          // One past the last strip that this worker walked; at first none.
          Register next = phase.register("next", DataType.I32);
          phase.add(next.set(Expr.i32(-1)));
          entry.work(
              phase,
              entry.neighbours(geometry.output().batch() * strips),
              (body, task, _) -> {
                Var image = body.let("image", task.floorDiv(strips));
                Var strip = body.let("strip", task.floorMod(strips));
                BlockWalk walk = new BlockWalk(entry, image);
                producer.ifPresent(
                    maker ->
                        body.when(
                            task.equalTo(next.get()).not().or(strip.equalTo(0)),
                            above -> fillAbove(above, walk, maker, strip)));
                makeStrip(body, walk, strip);
                projection.write(body, walk, strip);
                body.add(next.set(task.plus(1)));
              });
        });
  }

  private void makeStrip(Code code, BlockWalk walk, Expr strip) {
    int panelSlabs = producer.map(BlockProducer::vectors).orElse(1);
    producer.ifPresent(
        maker -> {
          Var from = code.let("from", firstNewRow(strip));
          Var count = code.let("count", newRows(from));
          maker.begin(code, walk.entry(), new BlockProducer.Rows(walk.image(), from, count));
        });
    forEachPanel(
        code,
        panelSlabs,
        (body, panel) -> {
          producer.ifPresent(maker -> fill(body, walk, maker, panel, strip));
          depthwise.write(body, walk, panel, panelSlabs, strip);
        });
  }

  private void forEachPanel(Code code, int vectors, BiConsumer<Code, BlockProducer.Panel> body) {
    int width = vectors * LANES;
    int lanes = geometry.lanes();
    code.loop("panel", lanes / width, (inner, panel) -> body.accept(inner, new BlockProducer.Panel(panel, width)));
    if (lanes % width != 0) {
      body.accept(code, new BlockProducer.Panel(Expr.i32(lanes / width), lanes % width));
    }
  }

  /** Rows that the first strip reads above its own new ones: they may wrap around, so one by one. */
  private void fillAbove(Code code, BlockWalk walk, BlockProducer maker, Expr strip) {
    Expr end = strip.times(geometry.newRows()).plus(geometry.lookAhead());
    int before = geometry.step().window().before(0);
    Var from = code.let("from", strip.times(geometry.newRows()).minus(before).max(0));
    code.loop(
        "above",
        end.minus(from),
        (rows, index) -> {
          Var row = rows.let("row", from.plus(index));
          maker.begin(rows, walk.entry(), new BlockProducer.Rows(walk.image(), row, Expr.i32(1)));
          forEachPanel(
              rows, maker.vectors(), (body, panel) -> produce(body, walk, maker, panel, row, Expr.i32(1)));
        });
  }

  private void fill(Code code, BlockWalk walk, BlockProducer maker, BlockProducer.Panel panel, Expr strip) {
    Var from = code.let("from", firstNewRow(strip));
    Var count = code.let("count", newRows(from));
    produce(code, walk, maker, panel, from, count);
  }

  /** The first row of the map that a strip is the first to read. */
  private Expr firstNewRow(Expr strip) {
    return strip.times(geometry.newRows()).plus(geometry.lookAhead());
  }

  /** How many such rows there are. */
  private Expr newRows(Expr from) {
    return Expr.i32(geometry.height()).minus(from).min(geometry.newRows()).max(0);
  }

  private void produce(
      Code code, BlockWalk walk, BlockProducer maker, BlockProducer.Panel panel, Expr from, Expr count) {
    Expr ringRow = from.minus(geometry.lookAhead()).floorMod(geometry.ring());
    Expr first =
        panel.index()
            .times(maker.vectors() * geometry.ringElements())
            .plus(ringRow.times(geometry.width() * LANES));
    maker.write(
        code,
        walk.entry(),
        panel,
        new BlockProducer.Rows(walk.image(), from, count),
        offset -> walk.privateAddress(first.plus(offset)));
  }
}
