package dev.lowpass.codegen.cpu.depthwise;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.BuiltKernel;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.map.InverseKernel;
import dev.lowpass.codegen.cpu.kernel.product.Fetches;
import dev.lowpass.codegen.cpu.kernel.product.PanelCall;
import dev.lowpass.codegen.cpu.kernel.product.Pitch;
import dev.lowpass.codegen.cpu.kernel.product.ProductKernel;
import dev.lowpass.codegen.cpu.kernel.product.ProductPanel;
import dev.lowpass.codegen.cpu.kernel.product.RowTiles;
import dev.lowpass.codegen.cpu.product.ExpansionPanels;
import dev.lowpass.codegen.cpu.rounded.Rounding;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import java.util.List;
import java.util.Optional;

/**
 * Makes a map from coefficients: those of the input, or those that an expansion makes of them, for all slabs of a group
 * at once. Slabs are then inverted one after the other.
 *
 * @param bands of the expansion, up to the last coefficient that has anything in it
 */
record SpectralMap(
    DepthwiseGeometry geometry,
    BlockGrid grid,
    List<Band> bands,
    Optional<ExpansionPanels> expansion,
    Optional<Rounding> rounding,
    BuiltKernel<InverseKernel.Call> inverse) {
  static SpectralMap of(Workshop workshop, DepthwiseGeometry geometry, BlockGrid grid) {
    List<Band> bands = geometry.step().expansion().map(e -> bands(e, geometry.inverseLevel())).orElse(List.of());
    Optional<ExpansionPanels> expansion =
        geometry.step().expansion().map(e -> expansion(workshop, geometry, e, bands));
    InverseKernel kernel =
        new InverseKernel(
            grid, geometry.inverseLevel(), Epilogue.of(geometry.step().before()), InverseKernel.Output.MAP);
    return new SpectralMap(
        geometry,
        grid,
        bands,
        expansion,
        geometry.step().expansion().flatMap(e -> rounding(workshop, geometry, e, bands)),
        workshop.kernel("inverse", kernel));
  }

  private static List<Band> bands(Expansion expansion, int level) {
    return expansion.bands().stream()
        .filter(band -> band.from() < level)
        .map(band -> new Band(band.from(), Math.min(band.to(), level), band.channels()))
        .toList();
  }

  private static ExpansionPanels expansion(
      Workshop workshop, DepthwiseGeometry geometry, Expansion expansion, List<Band> bands) {
    Layout.Slabbed input = geometry.input();
    int[] counts = bands.stream().mapToInt(band -> (band.to() - band.from()) * input.rowsOfGroup()).toArray();
    RowTiles tiles = RowTiles.of(workshop.chosen(Knob.ROWS), counts);
    Fetches fetches =
        Fetches.ofNextPanel(workshop.chosen(Knob.AHEAD) * input.channels() * geometry.vectors() * LANES).andRows();
    return ExpansionPanels.of(
        workshop,
        DepthwiseKnobs.factors(geometry.step(), expansion),
        geometry.vectors(),
        width ->
            ProductKernel.of(
                    new ProductPanel.Plain(width),
                    tiles,
                    Pitch.ofSlabs(input.rows()),
                    Pitch.ofSlabs(geometry.inverseLevel() * input.rowsOfGroup()))
                .with(ProductKernel.Channels.of(bands.stream().mapToInt(Band::channels).toArray()))
                .with(ProductKernel.BiasRows.FIRST)
                .with(fetches));
  }

  private static Optional<Rounding> rounding(
      Workshop workshop, DepthwiseGeometry geometry, Expansion expansion, List<Band> bands) {
    Layout.Slabbed input = geometry.input();
    int most = bands.stream().mapToInt(band -> (band.to() - band.from()) * input.rowsOfGroup()).max().orElse(0);
    return Rounding.of(
        workshop,
        DepthwiseKnobs.factors(geometry.step(), expansion),
        Pitch.ofSlabs(input.rows()),
        geometry.end(),
        most);
  }

  /** Makes a group's coefficients, {@code width} slabs of them, unless they are those of the input. */
  void expand(Code code, Placement place, int width) {
    for (Band band : bands) {
      int row = band.from() * grid.blocks();
      int rows = (band.to() - band.from()) * grid.blocks();
      Expr x = place.entry().address(geometry.step().input(), place.image(geometry.input()).plus(row * LANES));
      rounding.ifPresent(to -> to.round(code, place.entry(), x, Expr.i32(rows), Expr.i32(band.channels())));
      PanelCall call = expansion.orElseThrow().call(place.entry(), place.group(), width);
      rounding
          .map(from -> from.passTo(call, place.entry(), Expr.i32(0)))
          .orElseGet(() -> call.x(x))
          .y(place.privateAddress(geometry.coefficientsAt() + row * LANES))
          .rows(Expr.i32(rows))
          .channels(Expr.i32(band.channels()))
          .biasRows(Expr.i32(Math.clamp(grid.blocks() - row, 0, rows)))
          .far(place.far())
          .in(code);
    }
  }

  /**
   * Makes the rows of the map that a strip needs.
   *
   * @param vector which slab of its group it is
   */
  void invert(Code code, Placement place, Expr slab, int vector, DepthwisePlan.Words strip) {
    Expr coefficients =
        expansion.isPresent()
            ? place.privateAddress(geometry.coefficientsAt() + vector * geometry.coefficientElements())
            : place.slab(geometry.step().input(), slab);
    inverse
        .call()
        .x(coefficients)
        .scratch(place.privateAddress(0))
        .residual(Optional.empty())
        .y(place.privateAddress(geometry.mapAt()))
        .blockRows(blockRows(strip.expandFrom()), blockRows(strip.expandRows()))
        .in(code);
  }

  /** TVM's floor division is to be trusted only where it can tell that nothing is negative. */
  private Expr blockRows(Expr rows) {
    return rows.max(0).floorDiv(grid.height());
  }
}
