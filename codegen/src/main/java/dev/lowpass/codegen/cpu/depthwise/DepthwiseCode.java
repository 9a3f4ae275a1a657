package dev.lowpass.codegen.cpu.depthwise;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.halved.HalvedRows;
import dev.lowpass.codegen.cpu.halved.StrassenProduct;
import dev.lowpass.codegen.cpu.kernel.DepthwiseKernel;
import dev.lowpass.codegen.cpu.kernel.DepthwiseTile;
import dev.lowpass.codegen.cpu.kernel.ForwardKernel;
import dev.lowpass.codegen.cpu.kernel.ForwardPass;
import dev.lowpass.codegen.cpu.kernel.InverseKernel;
import dev.lowpass.codegen.cpu.kernel.Masks;
import dev.lowpass.codegen.cpu.kernel.ProductKernel;
import dev.lowpass.codegen.cpu.kernel.ProductPanel;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The fused depthwise step: a task is a group of slabs (those that one panel of the expansion makes) and a chunk of the
 * map. Expanded data lives in the worker's private memory only: [transform scratch][coefficients][map].
 */
public final class DepthwiseCode {
  /** Multiply-adds below which one worker is faster than two. */
  private static final long SMALL = 100_000;

  private final Workshop workshop;
  private final DepthwiseStep step;
  private final Optional<SlabShares> shares;
  private final Layout.Slabbed input;
  private final Layout.Slabbed output;
  private final DepthwiseTile tile;
  private final int vectors;
  private final int narrow;
  private final int groups;
  private final DepthwisePlan plan;
  private final Optional<BlockGrid> inverse;
  private final Optional<BlockGrid> forward;
  private final Optional<Expansion> expansion;

  /** Coefficients that the expansion makes, or that its input has. */
  private final int inverseLevel;

  private final int coefficientsAt;
  private final int mapAt;
  private final int mapElements;

  /** The expansion of dense maps, where it is made that way. */
  private final Optional<StrassenProduct> strassen;

  private DepthwiseCode(Workshop workshop, DepthwiseStep step, Optional<SlabShares> shares) {
    this.workshop = workshop;
    this.step = step;
    this.shares = shares;
    this.input = step.input().slabbed();
    this.output = step.output().slabbed();
    this.expansion = step.expansion();
    this.inverse = grid(input);
    this.forward = grid(output);
    this.tile =
        new DepthwiseTile(
            step.window(), input.height(), input.width(), output.height(), output.width(), step.after());
    int panel = expansion.isPresent() ? workshop.chosen(Knob.VECTORS) : 1;
    boolean halves = shares.isEmpty() && workshop.choice().isOn(Knob.STRASSEN) && DepthwiseKnobs.halves(step, panel);
    this.vectors = halves ? 2 * panel : panel;
    this.narrow = output.slabs() % vectors;
    this.groups = Math.ceilDiv(output.slabs(), vectors);
    this.inverseLevel = inverse.map(grid -> expansion.map(e -> longest(e.bands())).orElse(grid.size())).orElse(0);
    this.plan = walk();
    int scratch = Math.max(inverse.map(BlockGrid::size).orElse(0), forward.map(BlockGrid::size).orElse(0)) * LANES;
    this.coefficientsAt = scratch;
    int coefficients = inverse.isPresent() && expansion.isPresent() ? vectors * coefficientElements() : 0;
    this.mapAt = scratch + coefficients;
    this.mapElements = plan.mapRows() * input.width() * LANES;
    // Slabs of coefficients are inverted one after the other, into one map.
    int maps = inverse.isPresent() ? 1 : vectors;
    int end = mapAt + (hasMap() ? maps * mapElements : 0);
    workshop.needPrivate(end);
    this.strassen = halves ? Optional.of(strassen(end)) : Optional.empty();
  }

  /** @param shares which slabs each worker makes, if that matters to the step behind */
  public static StepCode prepare(Workshop workshop, DepthwiseStep step, Optional<SlabShares> shares) {
    return new DepthwiseCode(workshop, step, shares).prepare();
  }

  private static Optional<BlockGrid> grid(Layout.Slabbed layout) {
    return layout instanceof Layout.Coefficients coefficients
        ? Optional.of(new BlockGrid(coefficients))
        : Optional.empty();
  }

  private StrassenProduct strassen(int sumsAt) {
    return new StrassenProduct(
        workshop,
        step.input(),
        DepthwiseKnobs.factors(step, expansion.orElseThrow()),
        HalvedRows.ofStrips(plan, input.width()),
        plan.mapRows() * input.width(),
        sumsAt,
        new StrassenProduct.Ending(false, step.before()));
  }

  private static int longest(List<Band> bands) {
    int longest = 1;
    for (Band band : bands) {
      longest = band.channels() > 0 ? Math.max(longest, band.to()) : longest;
    }
    return longest;
  }

  /** Whether depthwise reads a map in private memory, not the input slot itself. */
  private boolean hasMap() {
    return expansion.isPresent() || inverse.isPresent();
  }

  private int coefficientElements() {
    return inverseLevel * inverse.orElseThrow().blocks() * LANES;
  }

  private DepthwisePlan walk() {
    int unitRows = forward.map(BlockGrid::height).orElse(1);
    if (!hasMap()) {
      DepthwisePlan.Strip all = new DepthwisePlan.Strip(0, 0, 0, 0, output.height() / unitRows);
      return new DepthwisePlan(List.of(List.of(all)), 0);
    }
    return DepthwisePlan.of(
        step.window(),
        input.height(),
        input.width(),
        output.height(),
        inverse.map(BlockGrid::height).orElse(0),
        unitRows,
        vectors,
        groups,
        inverse.map(grid -> grid.height() * input.width()).orElseGet(() -> workshop.chosen(Knob.STRIP)),
        workshop.machine());
  }

  private StepCode prepare() {
    int weights = expansion.filter(_ -> strassen.isEmpty()).map(this::packWeights).orElse(0);
    int bias = expansion.map(e -> workshop.parameters().add(Packing.slabs(e.bias().floats(), step.channels()))).orElse(0);
    int taps =
        workshop.parameters().add(Packing.taps(step.weight().floats(), step.bias().floats(), step.channels(), tile.taps()));
    int strips = workshop.parameters().add(plan.table());
    Stages stages = stages();
    int levels = forward.isPresent() ? workshop.parameters().add(stages.levels().orElseThrow().ofSlab()) : 0;
    int masks = step.exact() && forward.isPresent() ? workshop.parameters().add(masks()) : 0;
    int chunks = plan.strips().size();
    Data data = new Data(weights, bias, taps, strips, levels, masks);
    if (shares.isPresent() && step.multiplyAdds() >= SMALL) {
      int bounds = workshop.parameters().add(shares.orElseThrow().bounds());
      return (code, entry) -> entry.phase(code, body -> share(body, entry, bounds, data, stages));
    }
    int tasks = input.batch() * groups * chunks;
    return (code, entry) -> {
      Entry.Task task =
          (body, number, taken) -> {
            Expr group = body.let("group", number.floorMod(groups));
            Expr image = body.let("image", number.floorDiv(groups * chunks));
            Expr chunk = body.let("chunk", number.floorDiv(groups).floorMod(chunks));
            walk(body, new Placement(entry, image, group, chunk, entry.isFar(taken), data), stages);
          };
      strassen.ifPresentOrElse(
          product ->
              entry.phase(
                  code,
                  body -> {
                    product.input().sums(body, entry);
                    entry.work(body, entry.neighbours(tasks), task);
                  }),
          () -> entry.deal(code, tasks, deal(), task));
    };
  }

  /** To each worker all groups that begin among its slabs. */
  private void share(Code code, Entry entry, int bounds, Data data, Stages stages) {
    Expr round = Expr.i32(vectors - 1);
    int chunks = plan.strips().size();
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
          walk(body, new Placement(entry, Expr.i32(0), group, chunk, entry.isFar(taken), data), stages);
        });
  }

  private Entry.Deal deal() {
    if (step.multiplyAdds() < SMALL) {
      return Entry.Deal.ALONE;
    }
    // Slabs are sorted by band, so the first ones have longer transforms. Of several images each worker has its own.
    return forward.isPresent() && input.batch() == 1 ? Entry.Deal.IN_TURN : Entry.Deal.NEIGHBOURS;
  }

  /** Offsets of weights and tables in the parameters. */
  private record Data(int weights, int bias, int taps, int strips, int levels, int masks) {}

  /** Which part of the whole a task is. */
  private record Placement(Entry entry, Expr image, Expr group, Expr chunk, Expr far, Data data) {
    Expr worker() {
      return entry.worker();
    }
  }

  /** The kernels of the stages, those that there are. */
  private record Stages(
      Optional<Function> wide,
      Optional<Function> narrow,
      Optional<Function> inverse,
      Optional<Function> depthwise,
      List<Function> forward,
      Optional<Levels> levels) {}

  private Stages stages() {
    Optional<Function> wide = expansion.filter(_ -> strassen.isEmpty()).map(e -> expand(e, vectors));
    Optional<Function> small = narrow == 0 ? wide : expansion.map(e -> expand(e, narrow));
    Optional<Function> back =
        inverse.map(
            grid -> {
              InverseKernel kernel = new InverseKernel(grid, inverseLevel, false, step.before(), false);
              return workshop.kernel("inverse", kernel, kernel::build);
            });
    if (forward.isEmpty()) {
      DepthwiseKernel kernel = new DepthwiseKernel(tile, LANES, workshop.chosen(Knob.COLUMNS), 0);
      Function depthwise = workshop.kernel("depthwise", kernel, kernel::build);
      return new Stages(wide, small, back, Optional.of(depthwise), List.of(), Optional.empty());
    }
    BlockGrid grid = forward.orElseThrow();
    Levels levels =
        step.exact()
            ? new Levels(List.of(grid.size()), new int[output.slabs()])
            : Levels.of(step.keep().orElseThrow(), Integer.MAX_VALUE);
    List<Function> kernels = new ArrayList<>();
    for (int level : levels.distinct()) {
      ForwardKernel kernel = new ForwardKernel(Optional.of(tile), new ForwardPass(grid, level, step.exact()));
      kernels.add(workshop.kernel("spectral_depthwise", kernel, kernel::build));
    }
    return new Stages(wide, small, back, Optional.empty(), kernels, Optional.of(levels));
  }

  private int packWeights(Expansion e) {
    return workshop.parameters().add(Packing.panels(e.weight().floats(), step.channels(), input.channels(), vectors));
  }

  private float[] masks() {
    return Masks.of(step.keep().orElseThrow(), forward.orElseThrow().size());
  }

  private Function expand(Expansion e, int width) {
    int rows = workshop.chosen(Knob.ROWS);
    TreeSet<Integer> remainders = new TreeSet<>();
    boolean partSlabs = false;
    if (inverse.isPresent()) {
      for (Band band : bandsToExpand(e)) {
        remainders.add((band.to() - band.from()) * input.rowsOfGroup() % rows);
        partSlabs |= band.channels() % LANES != 0;
      }
    } else {
      plan.strips().forEach(list -> list.forEach(s -> remainders.add(s.expandRows() * input.width() % rows)));
      partSlabs = input.channels() % LANES != 0;
    }
    remainders.remove(0);
    int outputRows = inverse.isPresent() ? inverseLevel * input.rowsOfGroup() : plan.mapRows() * input.width();
    ProductKernel kernel =
        new ProductKernel(
            ProductKernel.Pitch.ofSlabs(input.rows()),
            ProductKernel.Pitch.ofSlabs(outputRows),
            false,
            rows,
            new ProductPanel.Plain(width),
            remainders,
            ProductKernel.Fetches.ofNextPanel(
                workshop.chosen(Knob.AHEAD) * input.channels() * vectors * LANES, true),
            partSlabs,
            inverse.isPresent(),
            ProductKernel.Ending.OVER,
            inverse.isPresent() ? List.of() : step.before());
    return workshop.kernel("expand", kernel, kernel::build);
  }

  /** Bands up to the last coefficient that has anything in it. */
  private List<Band> bandsToExpand(Expansion e) {
    return e.bands().stream()
        .filter(band -> band.from() < inverseLevel)
        .map(band -> new Band(band.from(), Math.min(band.to(), inverseLevel), band.channels()))
        .toList();
  }

  private void walk(Code code, Placement place, Stages stages) {
    if (narrow == 0) {
      walk(code, place, stages, vectors, stages.wide());
    } else {
      code.when(
          place.group.lessThan(groups - 1),
          whole -> walk(whole, place, stages, vectors, stages.wide()),
          part -> walk(part, place, stages, narrow, stages.narrow()));
    }
  }

  private void walk(Code code, Placement place, Stages stages, int width, Optional<Function> expand) {
    if (inverse.isPresent()) {
      expand.ifPresent(kernel -> expandCoefficients(code, place, kernel));
      for (int v = 0; v < width; v++) {
        walkSlab(code, place, stages, v);
      }
      return;
    }
    forEachStrip(
        code,
        place,
        (body, index, words) -> {
          strassen.ifPresentOrElse(
              product -> expandStrip(body, place, product, words, index),
              () -> expand.ifPresent(kernel -> expandStrip(body, place, kernel, words)));
          for (int v = 0; v < width; v++) {
            Expr slab = body.let("slab", place.group.times(vectors).plus(v));
            depthwise(body, place, stages, slab, v, words);
          }
        });
  }

  /** One slab of coefficients strip by strip, so that depthwise finds in cache what was inverted just before. */
  private void walkSlab(Code code, Placement place, Stages stages, int vector) {
    Expr slab = code.let("slab", place.group.times(vectors).plus(vector));
    forEachStrip(
        code,
        place,
        (body, _, words) -> {
          invert(body, place, stages, slab, vector, words);
          depthwise(body, place, stages, slab, 0, words);
        });
  }

  /** What is done for a strip: strip {@code index} of all chunks, at {@code words} in the table. */
  private interface Strip {
    void write(Code code, Expr index, Expr words);
  }

  private void forEachStrip(Code code, Placement place, Strip strip) {
    int count = plan.stripsAChunk();
    code.loop(
        "strip",
        count,
        (body, number) -> {
          Expr index = place.chunk.times(count).plus(number);
          strip.write(body, index, body.let("words", index.times(DepthwisePlan.WORDS)));
        });
  }

  private void expandStrip(Code code, Placement place, Function kernel, Expr words) {
    Entry entry = place.entry;
    Expr mapRow = entry.table(place.data.strips, words);
    Expr from = code.let("from", entry.table(place.data.strips, words.plus(1)));
    Expr rows = entry.table(place.data.strips, words.plus(2));
    Expr x = place.image.times(Math.toIntExact(input.imageElements())).plus(from.times(input.width() * LANES));
    Expr y = from.minus(mapRow).times(input.width() * LANES).plus(mapAt);
    Expr count = code.let("rows", rows.times(input.width()));
    code.call(
        kernel,
        entry.address(step.input(), x),
        entry.parameter(place.group.times(vectors * LANES * input.channels()).plus(place.data.weights)),
        entry.parameter(place.group.times(vectors * LANES).plus(place.data.bias)),
        entry.privateAddress(place.worker(), y),
        count,
        Expr.i32(input.channels()),
        count,
        place.far);
  }

  /** @param index how many strips of this and other chunks come before */
  private void expandStrip(Code code, Placement place, StrassenProduct product, Expr words, Expr index) {
    Entry entry = place.entry;
    Expr mapRow = entry.table(place.data.strips, words);
    Expr from = entry.table(place.data.strips, words.plus(1));
    Expr rows = entry.table(place.data.strips, words.plus(2));
    Var upper = code.let("upper", from.minus(mapRow).times(input.width() * LANES).plus(mapAt));
    Var lower = code.let("lower", rows.times(input.width() * LANES / 2).plus(upper));
    product.multiply(
        code,
        entry,
        place.image,
        index,
        place.group,
        StrassenProduct.Target.of(offset -> entry.privateAddress(place.worker(), upper.plus(offset))),
        StrassenProduct.Target.of(offset -> entry.privateAddress(place.worker(), lower.plus(offset))));
  }

  private void expandCoefficients(Code code, Placement place, Function kernel) {
    Entry entry = place.entry;
    BlockGrid grid = inverse.orElseThrow();
    Expr image = place.image.times(Math.toIntExact(input.imageElements()));
    for (Band band : bandsToExpand(expansion.orElseThrow())) {
      int row = band.from() * grid.blocks();
      int rows = (band.to() - band.from()) * grid.blocks();
      code.call(
          kernel,
          entry.address(step.input(), image.plus(row * LANES)),
          entry.parameter(place.group.times(vectors * LANES * input.channels()).plus(place.data.weights)),
          entry.parameter(place.group.times(vectors * LANES).plus(place.data.bias)),
          entry.privateAddress(place.worker(), coefficientsAt + row * LANES),
          Expr.i32(rows),
          Expr.i32(band.channels()),
          Expr.i32(Math.clamp(grid.blocks() - row, 0, rows)),
          place.far);
    }
  }

  private void invert(Code code, Placement place, Stages stages, Expr slab, int vector, Expr words) {
    Entry entry = place.entry;
    BlockGrid grid = inverse.orElseThrow();
    Expr image = place.image.times(Math.toIntExact(input.imageElements()));
    Expr coefficients =
        expansion.isPresent()
            ? entry.privateAddress(place.worker(), coefficientsAt + vector * coefficientElements())
            : entry.address(step.input(), image.plus(slab.times(input.rows() * LANES)));
    code.call(
        stages.inverse.orElseThrow(),
        coefficients,
        entry.privateAddress(place.worker(), 0),
        entry.privateAddress(place.worker(), mapAt),
        blockRows(entry.table(place.data.strips, words.plus(1)), grid),
        blockRows(entry.table(place.data.strips, words.plus(2)), grid));
  }

  /** TVM's floor division is to be trusted only where it can tell that nothing is negative. */
  private static Expr blockRows(Expr rows, BlockGrid grid) {
    return rows.max(0).floorDiv(grid.height());
  }

  private void depthwise(Code code, Placement place, Stages stages, Expr slab, int vector, Expr words) {
    Entry entry = place.entry;
    Expr image = place.image.times(Math.toIntExact(output.imageElements()));
    Expr map =
        hasMap()
            ? entry.privateAddress(place.worker(), mapAt + vector * mapElements)
            : entry.address(
                step.input(),
                place.image.times(Math.toIntExact(input.imageElements())).plus(slab.times(input.rows() * LANES)));
    Expr taps = entry.parameter(slab.times((tile.taps() + 1) * LANES).plus(place.data.taps));
    Expr result = entry.address(step.output(), image.plus(slab.times(output.rows() * LANES)));
    Expr unit = entry.table(place.data.strips, words.plus(3));
    Expr units = entry.table(place.data.strips, words.plus(4));
    Expr mapRow = entry.table(place.data.strips, words);
    if (stages.depthwise.isPresent()) {
      code.call(stages.depthwise.orElseThrow(), map, taps, result, unit, units, mapRow);
      return;
    }
    Expr level = code.let("level", entry.table(place.data.levels, slab));
    for (int i = 0; i < stages.forward.size(); i++) {
      Function kernel = stages.forward.get(i);
      List<Expr> arguments = new ArrayList<>(List.of(map, entry.privateAddress(place.worker(), 0), taps));
      if (step.exact()) {
        arguments.add(entry.parameter(slab.times(forward.orElseThrow().size() * LANES).plus(place.data.masks)));
      }
      arguments.addAll(List.of(result, unit, units, mapRow));
      code.when(level.equalTo(i), then -> then.call(kernel, arguments.toArray(Expr[]::new)));
    }
  }
}
