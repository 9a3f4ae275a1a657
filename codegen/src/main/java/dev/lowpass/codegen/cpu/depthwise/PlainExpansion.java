package dev.lowpass.codegen.cpu.depthwise;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.product.Factors;
import dev.lowpass.codegen.cpu.kernel.product.Fetches;
import dev.lowpass.codegen.cpu.kernel.product.PanelCall;
import dev.lowpass.codegen.cpu.kernel.product.Pitch;
import dev.lowpass.codegen.cpu.kernel.product.ProductKernel;
import dev.lowpass.codegen.cpu.kernel.product.ProductPanel;
import dev.lowpass.codegen.cpu.kernel.product.RowTiles;
import dev.lowpass.codegen.cpu.product.ExpansionPanels;
import dev.lowpass.codegen.cpu.rounded.Rounding;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.Optional;
import java.util.stream.IntStream;

/** An expansion of samples as an ordinary product, a panel for each group. */
record PlainExpansion(
    DepthwiseGeometry geometry, ExpansionPanels panels, Optional<Rounding> rounding, boolean atOnce)
    implements StripExpansion {
  /** Elements up to which a worker rounds the whole input before its tasks, which all read it. */
  private static final int MOST_ROUNDED = 64 << 10;

  static PlainExpansion of(Workshop workshop, DepthwiseGeometry geometry, Expansion expansion) {
    Factors factors = DepthwiseKnobs.factors(geometry.step(), expansion);
    Layout.Slabbed input = geometry.input();
    int[] counts =
        geometry.plan().strips().stream()
            .flatMapToInt(chunk -> chunk.stream().mapToInt(strip -> strip.expandRows() * input.width()))
            .toArray();
    RowTiles tiles = RowTiles.of(workshop.chosen(Knob.ROWS), counts);
    Fetches fetches =
        Fetches.ofNextPanel(workshop.chosen(Knob.AHEAD) * input.channels() * geometry.vectors() * LANES).andRows();
    ExpansionPanels panels =
        ExpansionPanels.of(
            workshop,
            factors,
            geometry.vectors(),
            width ->
                ProductKernel.of(
                        new ProductPanel.Plain(width),
                        tiles,
                        Pitch.ofSlabs(input.rows()),
                        Pitch.ofSlabs(geometry.plan().mapRows() * input.width()))
                    .with(ProductKernel.Channels.of(input.channels()))
                    .with(fetches)
                    .with(Epilogue.of(geometry.step().before())));
    boolean atOnce = Rounding.elements(factors, input.rows()) <= MOST_ROUNDED && input.batch() == 1;
    int most = atOnce ? input.rows() : IntStream.of(counts).max().orElse(0);
    return new PlainExpansion(
        geometry,
        panels,
        Rounding.of(workshop, factors, Pitch.ofSlabs(input.rows()), geometry.end(), most),
        atOnce);
  }

  @Override
  public void begin(Code code, Entry entry) {
    Layout.Slabbed input = geometry.input();
    if (atOnce) {
      Expr x = entry.address(geometry.step().input(), Expr.i32(0));
      rounding.ifPresent(to -> to.round(code, entry, x, Expr.i32(input.rows()), Expr.i32(input.channels())));
    }
  }

  @Override
  public void write(Code code, Placement place, DepthwisePlan.Words strip, int width) {
    Layout.Slabbed input = geometry.input();
    Expr from = code.let("from", strip.expandFrom());
    Expr y = from.minus(strip.mapRow()).times(input.width() * LANES).plus(geometry.mapAt());
    Expr count = code.let("rows", strip.expandRows().times(input.width()));
    Expr x =
        place.entry().address(geometry.step().input(), place.image(input).plus(from.times(input.width() * LANES)));
    if (!atOnce) {
      rounding.ifPresent(to -> to.round(code, place.entry(), x, count, Expr.i32(input.channels())));
    }
    PanelCall call = panels.call(place.entry(), place.group(), width);
    rounding
        .map(rounded -> rounded.passTo(call, place.entry(), atOnce ? from.times(input.width()) : Expr.i32(0)))
        .orElseGet(() -> call.x(x))
        .y(place.privateAddress(y))
        .rows(count)
        .channels(Expr.i32(input.channels()))
        .biasRows(count)
        .far(place.far())
        .in(code);
  }
}
