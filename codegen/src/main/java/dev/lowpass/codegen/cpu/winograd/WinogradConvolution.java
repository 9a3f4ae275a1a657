package dev.lowpass.codegen.cpu.winograd;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.product.Fetches;
import dev.lowpass.codegen.cpu.kernel.product.PanelCall;
import dev.lowpass.codegen.cpu.kernel.product.Panels;
import dev.lowpass.codegen.cpu.kernel.product.Pitch;
import dev.lowpass.codegen.cpu.kernel.product.ProductKernel;
import dev.lowpass.codegen.cpu.kernel.product.RowTiles;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.cpu.work.WorthSharing;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;

/**
 * A 3x3 convolution of stride 1 by tiles: samples are transformed, each position of a tile is a product of its own, and
 * sums are transformed back. A task is some panels of outputs in a block of tiles. Transformed samples and sums stay in
 * private memory, [position][slab][tile][lane]; a worker transforms what a block reads when it comes to the first task
 * of it, which takes less time than to fetch what others have made.
 */
final class WinogradConvolution {
  /** Tasks that a step is cut into, if it has panels enough. */
  private static final int TASKS = 16;

  private static final int NO_BLOCK = -1;

  private final ConvolutionStep step;
  private final TileForm form;
  private final TileGrid grid;
  private final Panels panels;
  private final int channels;
  private final int weights;
  private final int bias;
  private final int noBias;
  private final BuiltKernel<TileInputKernel.Call> input;
  private final BuiltKernel<PanelCall> product;
  private final BuiltKernel<PanelCall> lastProduct;
  private final BuiltKernel<TileOutputKernel.Call> output;
  private final int sumsAt;
  private final int scratchAt;

  /** Panels of a task. */
  private final int group;

  private WinogradConvolution(Workshop workshop, ConvolutionStep step, TileForm form) {
    Layout.Slabbed x = step.input().slabbed();
    Layout.Slabbed y = step.output().slabbed();
    int vectors = Math.min(workshop.chosen(Knob.VECTORS), y.slabs());
    int tileRows = workshop.chosen(Knob.ROWS);
    this.step = step;
    this.form = form;
    this.channels = x.channels();
    this.panels = new Panels(y.channels(), channels, vectors, false);
    this.grid = TileGrid.of(step, form, workshop.machine(), channels, vectors * LANES, tileRows);
    float[] packed = TransformedWeights.pack(step.weight().floats(), panels, form);
    this.weights = workshop.parameters().add(packed);
    this.bias = workshop.parameters().add(Packing.slabs(step.bias().floats(), y.channels()));
    this.noBias = workshop.parameters().add(new float[vectors * LANES]);
    TileInputKernel ofInput =
        new TileInputKernel(form, x.height(), x.width(), grid.tiles(), grid.pitch(x.slabs()));
    TileOutputKernel ofOutput =
        new TileOutputKernel(form, y.width(), grid.pitch(vectors), Epilogue.of(step.residual(), step.activation()));
    this.input = workshop.kernel("tiles", ofInput);
    this.output = workshop.kernel("untiled", ofOutput);
    this.product = workshop.kernel("product", product(0, tileRows));
    this.lastProduct = workshop.kernel("product", product(panels.lastSlab(), tileRows));
    int positions = form.positions();
    this.sumsAt = positions * grid.pitch(x.slabs());
    this.scratchAt = sumsAt + positions * grid.pitch(vectors);
    workshop.needPrivate((long) scratchAt + Math.max(ofInput.scratch(), ofOutput.scratch()));
    int count = Math.ceilDiv(panels.slabs(), vectors);
    this.group = Math.ceilDiv(count, Math.clamp(Math.ceilDiv(TASKS, grid.blocks()), 1, count));
  }

  static StepCode prepare(Workshop workshop, ConvolutionStep step, TileForm form) {
    return new WinogradConvolution(workshop, step, form)::write;
  }

  private ProductKernel product(int slab, int mostRows) {
    int rows = grid.rows();
    // Tiles of equal height: a low one at the end would leave most of the arithmetic units idle.
    int height = Math.ceilDiv(rows, Math.ceilDiv(rows, panels.rows(slab, mostRows)));
    int next = channels * panels.at(slab).vectors() * LANES;
    return ProductKernel.of(
            panels.at(slab),
            RowTiles.of(height, rows, grid.lastRows()),
            Pitch.ofSlabs(rows),
            Pitch.ofSlabs(rows))
        .with(ProductKernel.Channels.of(channels))
        .with(rows == height ? Fetches.ofStream(next) : Fetches.ofNextPanel(next));
  }

  private void write(Code code, Entry entry) {
    int groups = Math.ceilDiv(count(), group);
    int tasks = grid.blocks() * groups;
    if (WorthSharing.CONVOLUTION.is(step.multiplyAdds()) && tasks > 1) {
      entry.phase(
          code,
          body -> {
            Held held = new Held(body);
            entry.work(body, entry.neighbours(tasks), (each, task, _) -> task(each, entry, held, task, groups));
          });
    } else {
      entry.alone(
          code,
          body -> {
            Held held = new Held(body);
            body.loop("task", tasks, (each, task) -> task(each, entry, held, task, groups));
          });
    }
  }

  /** The block whose transformed samples a worker has in private memory. */
  private static final class Held {
    private final Register block;

    Held(Code code) {
      this.block = code.register("held", DataType.I32);
      code.add(block.set(Expr.i32(NO_BLOCK)));
    }
  }

  /** Panels of all outputs. */
  private int count() {
    return Math.ceilDiv(panels.slabs(), panels.vectors());
  }

  private void task(Code code, Entry entry, Held held, Expr task, int groups) {
    Var block = code.let("block", task.floorDiv(groups));
    Var first = code.let("first", task.floorMod(groups).times(group));
    Var strip = code.let("firstStrip", block.times(grid.stripsOfBlock()));
    Var strips = code.let("strips", Expr.i32(grid.strips()).minus(strip).min(grid.stripsOfBlock()));
    code.when(
        held.block.get().equalTo(block).not(),
        body -> {
          body.loop("strip", strips, (each, index) -> transform(each, entry, place(each, strip, index), index));
          body.add(held.block.set(block));
        });
    Expr end = first.plus(group).min(count());
    code.loop(
        "panel",
        end.minus(first),
        (body, index) -> {
          Var panel = body.let("panel", first.plus(index));
          Var rows = body.let("tiles", strips.times(grid.tiles()));
          if (panels.areAlike()) {
            multiply(body, entry, product, panel, rows, panels.vectors());
          } else {
            body.when(
                panel.lessThan(count() - 1),
                whole -> multiply(whole, entry, product, panel, rows, panels.vectors()),
                last -> multiply(last, entry, lastProduct, panel, rows, panels.last().vectors()));
          }
          body.loop(
              "strip",
              strips,
              (each, s) -> {
                Place place = place(each, strip, s);
                Expr slabs = Expr.i32(panels.slabs()).minus(panel.times(panels.vectors())).min(panels.vectors());
                each.loop("slab", slabs, (inner, slab) -> finish(inner, entry, place, s, panel, slab));
              });
        });
  }

  /** Where a strip is: its image, and the row and the column of its first output. */
  private record Place(Var image, Var row, Var column) {}

  private Place place(Code code, Expr first, Expr index) {
    Var strip = code.let("number", first.plus(index));
    Var line = code.let("line", strip.floorDiv(grid.across()));
    return new Place(
        code.let("image", line.floorDiv(grid.down())),
        code.let("row", line.floorMod(grid.down()).times(form.outputs())),
        code.let("column", strip.floorMod(grid.across()).times(grid.tiles() * form.outputs())));
  }

  private void transform(Code code, Entry entry, Place place, Expr index) {
    Layout.Slabbed x = step.input().slabbed();
    code.loop(
        "slab",
        x.slabs(),
        (body, slab) -> {
          Expr image = place.image.times(Math.toIntExact(x.imageElements()));
          Expr tiles = slab.times(grid.rows()).plus(index.times(grid.tiles()));
          input
              .call()
              .x(entry.address(step.input(), image.plus(slab.times(x.rows() * LANES))))
              .between(entry.privateAddress(entry.worker(), scratchAt))
              .v(entry.privateAddress(entry.worker(), tiles.times(LANES)))
              .from(place.row.minus(step.window().before(0)), place.column.minus(step.window().before(1)))
              .in(body);
        });
  }

  private void multiply(Code code, Entry entry, BuiltKernel<PanelCall> kernel, Expr panel, Expr rows, int vectors) {
    int positions = form.positions();
    Expr ofPanel = panel.times(positions * channels * panels.vectors() * LANES).plus(weights);
    int slabs = step.input().slabbed().slabs();
    code.loop(
        "position",
        positions,
        (body, position) ->
            kernel
                .call()
                .x(entry.privateAddress(entry.worker(), position.times(grid.pitch(slabs))))
                .weights(entry.parameter(position.times(channels * vectors * LANES).plus(ofPanel)))
                .bias(entry.parameter(Expr.i32(noBias)))
                .y(entry.privateAddress(entry.worker(), position.times(grid.pitch(panels.vectors())).plus(sumsAt)))
                .rows(rows)
                .channels(Expr.i32(channels))
                .biasRows(rows)
                .in(body));
  }

  private void finish(Code code, Entry entry, Place place, Expr index, Expr panel, Expr slab) {
    Layout.Slabbed y = step.output().slabbed();
    Var number = code.let("ofOutput", panel.times(panels.vectors()).plus(slab));
    Expr image = place.image.times(Math.toIntExact(y.imageElements()));
    Expr rows = number.times(y.rows()).plus(place.row.times(y.width())).plus(place.column);
    Var at = code.let("to", image.plus(rows.times(LANES)));
    Expr tiles = slab.times(grid.rows()).plus(index.times(grid.tiles())).times(LANES).plus(sumsAt);
    output
        .call()
        .m(entry.privateAddress(entry.worker(), tiles))
        .bias(entry.parameter(number.times(LANES).plus(bias)))
        .residual(step.residual().map(residual -> entry.address(residual, at)))
        .between(entry.privateAddress(entry.worker(), scratchAt))
        .y(entry.address(step.output(), at))
        .outputs(
            Expr.i32(y.height()).minus(place.row).min(form.outputs()),
            Expr.i32(y.width()).minus(place.column).min(grid.tiles() * form.outputs()))
        .in(code);
  }
}
