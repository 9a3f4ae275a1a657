package dev.lowpass.codegen.cpu.block;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.DepthwiseKernel;
import dev.lowpass.codegen.cpu.kernel.DepthwiseTile;
import dev.lowpass.codegen.cpu.kernel.Panels;
import dev.lowpass.codegen.cpu.kernel.ProductKernel;
import dev.lowpass.codegen.cpu.kernel.ProductPanel;
import dev.lowpass.codegen.cpu.kernel.SkippingKernel;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.step.Producer;
import dev.lowpass.codegen.plan.step.Projection;
import dev.lowpass.codegen.plan.step.Stem;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * A fused block, strip by strip: the producer fills a ring of rows, depthwise reads the ring into a strip, and the
 * projection writes the strip's rows of the output. Producer and depthwise take turns panel by panel, so that depthwise
 * finds a panel's rows in the first-level cache. Each worker walks down neighbouring strips with a ring of its own, and
 * expanded data crosses to no other; only the rows above a worker's first strip are made twice. Of several images a
 * worker gets neighbours as well, here as in other steps, so that an image stays with its worker.
 *
 * <p>With s rows of output a strip and stride t, strip k needs rows below s·t·(k+1) + c, where c = reach - t - pad. Row
 * r lies in the ring at (r - c) modulo its length, so that the s·t new rows of every strip lie side by side.
 */
public final class BlockCode {
  private final Workshop workshop;
  private final BlockStep step;
  private final Layout.Slabbed output;
  private final int height;
  private final int width;
  private final int slabs;
  private final int lanes;
  private final DepthwiseTile tile;
  private final int stripRows;
  private final int newRows;
  private final int lookAhead;
  private final int ring;
  private final int strips;
  private final boolean skips;

  private BlockCode(Workshop workshop, BlockStep step) {
    this.workshop = workshop;
    this.step = step;
    this.output = step.output().slabbed();
    this.height = step.mapHeight();
    this.width = step.mapWidth();
    this.slabs = Math.ceilDiv(step.channels(), LANES);
    this.lanes = workshop.machine().computedLanes(step.channels());
    this.tile =
        new DepthwiseTile(step.window(), height, width, output.height(), output.width(), step.after());
    // A power of two, and with it the ring: wrapping around is then one instruction, and the new rows of a strip never
    // wrap within themselves.
    this.stripRows = Integer.highestOneBit(Math.max(1, workshop.chosen(Knob.STRIP) / output.width()));
    this.newRows = stripRows * step.window().stride(0);
    int kept = Math.max(0, step.window().reach(0) - step.window().stride(0));
    this.lookAhead = step.window().reach(0) - step.window().stride(0) - step.window().before(0);
    this.ring = Integer.highestOneBit(2 * (newRows + kept) - 1);
    this.strips = Math.ceilDiv(output.height(), stripRows);
    this.skips = workshop.choice().isOn(Knob.SKIP) && BlockKnobs.seesZeros(step, workshop.machine());
  }

  public static StepCode prepare(Workshop workshop, BlockStep step) {
    return new BlockCode(workshop, step).prepare();
  }

  /** Elements of one slab of the ring. */
  private int ringElements() {
    return ring * width * LANES;
  }

  /** Elements of one slab of the strip between depthwise and projection. */
  private int stripElements() {
    return stripRows * output.width() * LANES;
  }

  private int stripAt() {
    return step.producer().isPresent() ? slabs * ringElements() : 0;
  }

  /** Where the projection's list of what is not zero lies in private memory. */
  private int listAt() {
    return stripAt() + slabs * stripElements();
  }

  private StepCode prepare() {
    workshop.needPrivate(listAt() + (skips ? (long) SkippingKernel.listed(step.channels()) : 0));
    Optional<BlockProducer> producer = step.producer().map(this::producer);
    int taps =
        workshop.parameters().add(Packing.taps(step.weight().floats(), step.bias().floats(), step.channels(), tile.taps()));
    int vectors = workshop.chosen(Knob.PROJECT_VECTORS);
    Projection projection = step.projection();
    Panels panels = new Panels(output.channels(), step.channels(), vectors, step.channels() % 2 == 0 && !skips);
    int weights = workshop.parameters().add(panels.pack(projection.weight().floats()));
    int bias = workshop.parameters().add(Packing.slabs(projection.bias().floats(), output.channels()));
    Depthwise depthwise = new Depthwise(depthwise(Math.min(lanes, LANES)), depthwise((lanes - 1) % LANES + 1));
    List<Function> project = new ArrayList<>();
    for (int slab = 0; slab < output.slabs(); slab += vectors) {
      project.add(projection(panels.at(slab), panels.rows(slab, workshop.chosen(Knob.PROJECT_ROWS))));
    }
    int panelSlabs = producer.map(BlockProducer::vectors).orElse(1);
    int all = output.batch() * strips;
    return (code, entry) ->
        entry.phase(
            code,
            phase -> {
              // One past the last strip that this worker walked; at first none.
              Register next = phase.register("next", DataType.I32);
              phase.add(next.set(Expr.i32(-1)));
              entry.work(
                  phase,
                  entry.neighbours(all),
                  (body, task, _) -> {
                    Var image = body.let("image", task.floorDiv(strips));
                    Var strip = body.let("strip", task.floorMod(strips));
                    Walk walk = new Walk(entry, image, taps, weights, bias, vectors, panelSlabs);
                    producer.ifPresent(
                        p ->
                            body.when(
                                task.equalTo(next.get()).not().or(strip.equalTo(0)),
                                above -> fillAbove(above, walk, p, strip)));
                    forEachPanel(
                        body,
                        panelSlabs,
                        (inner, panel) -> {
                          producer.ifPresent(p -> fill(inner, walk, p, panel, strip));
                          depthwise(inner, walk, depthwise, panel, strip);
                        });
                    project(body, walk, project, strip);
                    body.add(next.set(task.plus(1)));
                  });
            });
  }

  /** The kernels of whole slabs and of the last. */
  private record Depthwise(Function whole, Function last) {}

  /** What the code of one worker's walk refers to. */
  private record Walk(Entry entry, Expr image, int taps, int weights, int bias, int vectors, int panelSlabs) {
    /** An address in the memory of the one who walks. */
    Expr privateAddress(Expr offset) {
      return entry.privateAddress(entry.worker(), offset);
    }
  }

  private BlockProducer producer(Producer made) {
    TreeSet<Integer> counts = new TreeSet<>(List.of(0, 1, newRows));
    counts.add(Math.clamp(height - lookAhead - (strips - 1) * newRows, 0, newRows));
    return switch (made) {
      case Expansion expansion -> new ExpansionProducer(workshop, step, expansion, ring * width, counts);
      case Stem stem -> new StemProducer(workshop, step, stem, ring * width);
    };
  }

  private void forEachPanel(Code code, int vectors, BiConsumer<Code, BlockProducer.Panel> body) {
    int width = vectors * LANES;
    code.loop("panel", lanes / width, (inner, panel) -> body.accept(inner, new BlockProducer.Panel(panel, width)));
    if (lanes % width != 0) {
      body.accept(code, new BlockProducer.Panel(Expr.i32(lanes / width), lanes % width));
    }
  }

  /** Rows that the first strip reads above its own new ones: they may wrap around, so one by one. */
  private void fillAbove(Code code, Walk walk, BlockProducer producer, Expr strip) {
    Expr end = strip.times(newRows).plus(lookAhead);
    Var from = code.let("from", strip.times(newRows).minus(step.window().before(0)).max(0));
    code.loop(
        "above",
        end.minus(from),
        (rows, index) -> {
          Var row = rows.let("row", from.plus(index));
          forEachPanel(
              rows, producer.vectors(), (body, panel) -> produce(body, walk, producer, panel, row, Expr.i32(1)));
        });
  }

  private void fill(Code code, Walk walk, BlockProducer producer, BlockProducer.Panel panel, Expr strip) {
    Var from = code.let("from", strip.times(newRows).plus(lookAhead));
    Var count = code.let("count", Expr.i32(height).minus(from).min(newRows).max(0));
    produce(code, walk, producer, panel, from, count);
  }

  private void produce(
      Code code, Walk walk, BlockProducer producer, BlockProducer.Panel panel, Expr from, Expr count) {
    Expr ringRow = from.minus(lookAhead).floorMod(ring);
    Expr first = panel.index().times(producer.vectors() * ringElements()).plus(ringRow.times(width * LANES));
    producer.write(
        code,
        walk.entry,
        panel,
        new BlockProducer.Rows(walk.image, from, count),
        offset -> walk.privateAddress(first.plus(offset)));
  }

  private void depthwise(Code code, Walk walk, Depthwise kernels, BlockProducer.Panel panel, Expr strip) {
    Entry entry = walk.entry;
    Var row = code.let("row", strip.times(stripRows));
    Expr rows = code.let("rows", Expr.i32(output.height()).minus(row).min(stripRows));
    for (int v = 0; v < panel.slabs(); v++) {
      Expr slab = code.let("slab", panel.index().times(walk.panelSlabs).plus(v));
      Expr map =
          step.producer().isPresent()
              ? walk.privateAddress(slab.times(ringElements()))
              : entry.address(step.input(), walk.image.times(slabs).plus(slab).times(height * width * LANES));
      Expr result = slab.times(stripElements()).plus(stripAt()).minus(row.times(output.width() * LANES));
      code.call(
          v < panel.lanes() / LANES ? kernels.whole : kernels.last,
          map,
          entry.parameter(slab.times((tile.taps() + 1) * LANES).plus(walk.taps)),
          walk.privateAddress(result),
          row,
          rows,
          Expr.i32(step.producer().isPresent() ? lookAhead : 0));
    }
  }

  private void project(Code code, Walk walk, List<Function> kernels, Expr strip) {
    Entry entry = walk.entry;
    Var row = code.let("outputRow", strip.times(stripRows));
    Var positions = code.let("positions", Expr.i32(output.height()).minus(row).min(stripRows).times(output.width()));
    // The rows of the map that the next strip is the first to read, or what it did not come to before.
    Expr soon =
        walk.image
            .times(slabs * height)
            .plus(strip.plus(1).times(newRows))
            .plus(lookAhead)
            .times(width * LANES);
    for (int panel = 0; panel < kernels.size(); panel++) {
      int slab = panel * walk.vectors;
      Expr y =
          walk.image
              .times(Math.toIntExact(output.imageElements()))
              .plus(row.times(output.width() * LANES))
              .plus(slab * output.rows() * LANES);
      List<Expr> arguments = new ArrayList<>();
      arguments.add(walk.privateAddress(Expr.i32(stripAt())));
      arguments.add(entry.parameter(Expr.i32(walk.weights + slab * LANES * step.channels())));
      arguments.add(entry.parameter(Expr.i32(walk.bias + slab * LANES)));
      step.projection().residual().ifPresent(residual -> arguments.add(entry.address(residual, y)));
      arguments.add(entry.address(step.output(), y));
      arguments.addAll(List.of(positions, Expr.i32(step.channels())));
      // Scratch for a list, or how many rows have a bias: all.
      arguments.add(skips ? walk.privateAddress(Expr.i32(listAt())).pointingTo(DataType.I32) : positions);
      if (!skips && fetches().soon() > 0) {
        arguments.add(entry.address(step.input(), soon.plus(positions.times(panel * LANES))));
      }
      code.call(kernels.get(panel), arguments.toArray(Expr[]::new));
    }
  }

  /**
   * Where the map was not made here, the projection asks for what depthwise reads of it in the next strip: else
   * depthwise would wait for a far cache that nobody uses while the projection multiplies.
   */
  private ProductKernel.Fetches fetches() {
    return step.producer().isPresent()
        ? ProductKernel.Fetches.NONE
        : ProductKernel.Fetches.ofMap(height * width * LANES);
  }

  private Function depthwise(int lanes) {
    DepthwiseKernel kernel =
        new DepthwiseKernel(tile, lanes, workshop.chosen(Knob.COLUMNS), step.producer().isPresent() ? ring : 0);
    return workshop.kernel("depthwise", kernel, kernel::build);
  }

  private Function projection(ProductPanel panel, int rows) {
    TreeSet<Integer> remainders = new TreeSet<>();
    remainders.add(stripRows * output.width() % rows);
    remainders.add((output.height() - (strips - 1) * stripRows) * output.width() % rows);
    remainders.remove(0);
    if (skips) {
      SkippingKernel kernel =
          SkippingKernel.of(
              workshop.machine(),
              new SkippingKernel.Maps(
                  stripRows * output.width(), output.rows(), step.projection().residual().isPresent()),
              rows,
              panel.vectors(),
              remainders,
              step.channels(),
              step.projection().activation());
      return workshop.kernel("project", kernel, kernel::build);
    }
    ProductKernel kernel =
        new ProductKernel(
            ProductKernel.Pitch.ofSlabs(stripRows * output.width()),
            ProductKernel.Pitch.ofSlabs(output.rows()),
            step.projection().residual().isPresent(),
            rows,
            panel,
            remainders,
            fetches(),
            step.channels() % LANES != 0,
            false,
            ProductKernel.Ending.OVER,
            step.projection().activation());
    return workshop.kernel("project", kernel, kernel::build);
  }
}
