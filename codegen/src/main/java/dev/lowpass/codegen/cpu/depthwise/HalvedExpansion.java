package dev.lowpass.codegen.cpu.depthwise;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.halved.HalvedRows;
import dev.lowpass.codegen.cpu.halved.StrassenProduct;
import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Var;

/**
 * An expansion of samples as a product of halves, a pair of panels for each group. A strip is cut into an upper and a
 * lower half.
 */
record HalvedExpansion(DepthwiseGeometry geometry, StrassenProduct product) implements StripExpansion {
  static HalvedExpansion of(Workshop workshop, DepthwiseGeometry geometry, Expansion expansion) {
    DepthwiseStep step = geometry.step();
    StrassenProduct product =
        new StrassenProduct(
            workshop,
            step.input(),
            DepthwiseKnobs.factors(step, expansion),
            rows(geometry.plan(), geometry.input().width()),
            geometry.plan().mapRows() * geometry.input().width(),
            geometry.end(),
            Epilogue.of(step.before()));
    return new HalvedExpansion(geometry, product);
  }

  /**
   * What each strip of each chunk expands, in the order of a table with as many strips for every chunk.
   *
   * @param width an even number of positions in a row of the map
   */
  private static HalvedRows rows(DepthwisePlan plan, int width) {
    HalvedRows rows = HalvedRows.NONE;
    for (DepthwisePlan.Strip strip : plan.inTable()) {
      int from = strip.expandFrom() * width;
      int half = strip.expandRows() * width / 2;
      rows = rows.and(from, from + half, half);
    }
    return rows;
  }

  @Override
  public void begin(Code code, Entry entry) {
    product.input().sums(code, entry);
  }

  @Override
  public void write(Code code, Placement place, DepthwisePlan.Words strip, int width) {
    int mapWidth = geometry.input().width();
    Var upper =
        code.let(
            "upper",
            strip.expandFrom().minus(strip.mapRow()).times(mapWidth * LANES).plus(geometry.mapAt()));
    Var lower = code.let("lower", strip.expandRows().times(mapWidth * LANES / 2).plus(upper));
    product.multiply(
        code,
        place.entry(),
        place.image(),
        strip.index(),
        place.group(),
        StrassenProduct.Target.of(offset -> place.privateAddress(upper.plus(offset))),
        StrassenProduct.Target.of(offset -> place.privateAddress(lower.plus(offset))));
  }
}
