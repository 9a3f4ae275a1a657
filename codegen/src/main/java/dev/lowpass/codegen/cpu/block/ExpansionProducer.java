package dev.lowpass.codegen.cpu.block;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.product.Factors;
import dev.lowpass.codegen.cpu.kernel.product.PanelCall;
import dev.lowpass.codegen.cpu.kernel.product.Pitch;
import dev.lowpass.codegen.cpu.kernel.product.ProductKernel;
import dev.lowpass.codegen.cpu.kernel.product.ProductPanel;
import dev.lowpass.codegen.cpu.kernel.product.RowTiles;
import dev.lowpass.codegen.cpu.product.ExpansionPanels;
import dev.lowpass.codegen.cpu.rounded.Rounding;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Var;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The expansion of a fused block: all panels of the rows asked for. */
record ExpansionProducer(BlockStep step, ExpansionPanels panels, Optional<Rounding> rounding) implements BlockProducer {
  static ExpansionProducer of(Workshop workshop, BlockGeometry geometry, Expansion expansion) {
    BlockStep step = geometry.step();
    int vectors = workshop.chosen(Knob.VECTORS);
    return new ExpansionProducer(
        step,
        ExpansionPanels.of(
            workshop,
            factors(step, expansion),
            vectors,
            // Fewer vectors leave registers for more rows: fewer loads of weights, and fewer tiles to finish.
            width -> kernel(geometry, width, workshop.chosen(Knob.ROWS) * (vectors / width))),
        Rounding.of(
            workshop,
            factors(step, expansion),
            Pitch.ofSlabs(step.input().slabbed().rows()),
            geometry.listAt(),
            geometry.newRows() * geometry.width()));
  }

  private static Factors factors(BlockStep step, Expansion expansion) {
    int channels = step.input().slabbed().channels();
    return new Factors(channels, step.channels(), expansion.weight(), expansion.bias(), expansion.precision());
  }

  private static ProductKernel kernel(BlockGeometry geometry, int width, int rows) {
    Layout.Slabbed input = geometry.step().input().slabbed();
    int newRows = geometry.newRows();
    int inLastStrip =
        Math.clamp(geometry.height() - geometry.lookAhead() - (geometry.strips() - 1) * newRows, 0, newRows);
    return ProductKernel.of(
            new ProductPanel.Plain(width),
            // A strip's new rows, or one above the first strip's.
            RowTiles.of(rows, input.width(), newRows * input.width(), inLastStrip * input.width()),
            Pitch.ofSlabs(input.rows()),
            Pitch.ofSlabs(geometry.ring() * geometry.width()))
        .with(ProductKernel.Channels.of(input.channels()))
        .with(Epilogue.of(geometry.step().before()));
  }

  @Override
  public int vectors() {
    return panels.packed().panels().vectors();
  }

  @Override
  public void begin(Code code, Entry entry, Rows rows) {
    Layout.Slabbed input = step.input().slabbed();
    rounding.ifPresent(
        to ->
            to.round(code, entry, x(entry, rows), positions(rows), Expr.i32(input.channels())));
  }

  private Expr x(Entry entry, Rows rows) {
    Layout.Slabbed input = step.input().slabbed();
    return entry.address(
        step.input(),
        rows.image().times(Math.toIntExact(input.imageElements())).plus(rows.from().times(input.width() * LANES)));
  }

  private Expr positions(Rows rows) {
    return rows.count().times(step.input().slabbed().width());
  }

  @Override
  public void write(Code code, Entry entry, Panel panel, Rows rows, UnaryOperator<Expr> target) {
    Var positions = code.let("positions", positions(rows));
    PanelCall call = panels.call(entry, panel.index(), panel.slabs());
    rounding
        .map(from -> from.passTo(call, entry, Expr.i32(0)))
        .orElseGet(() -> call.x(x(entry, rows)))
        .y(target.apply(Expr.i32(0)))
        .rows(positions)
        .channels(Expr.i32(step.input().slabbed().channels()))
        .biasRows(positions)
        .in(code);
  }
}
