package dev.lowpass.codegen.cpu.depthwise;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.kernel.map.DepthwiseTile;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.Expansion;
import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import java.util.List;
import java.util.Optional;

/**
 * The sizes of a fused depthwise step. What it expands lives in a worker's private memory only: [transform
 * scratch][coefficients][map].
 *
 * @param inverse blocks of the input, if that is coefficients
 * @param forward blocks of the output, if that is coefficients
 * @param vectors slabs that are made at once
 * @param inverseLevel coefficients that the expansion makes, or that the input has
 */
record DepthwiseGeometry(
    DepthwiseStep step,
    DepthwiseTile tile,
    Optional<BlockGrid> inverse,
    Optional<BlockGrid> forward,
    int vectors,
    int inverseLevel,
    DepthwisePlan plan) {
  static DepthwiseGeometry of(Workshop workshop, DepthwiseStep step, int vectors) {
    Layout.Slabbed input = step.input().slabbed();
    Layout.Slabbed output = step.output().slabbed();
    Optional<BlockGrid> inverse = grid(input);
    Optional<BlockGrid> forward = grid(output);
    int level =
        inverse.map(grid -> step.expansion().map(e -> longest(e.bands())).orElse(grid.size())).orElse(0);
    DepthwiseTile tile =
        new DepthwiseTile(
            step.window(), input.height(), input.width(), output.height(), output.width(), step.after());
    DepthwisePlan plan = plan(workshop, step, inverse, forward, vectors);
    return new DepthwiseGeometry(step, tile, inverse, forward, vectors, level, plan);
  }

  private static DepthwisePlan plan(
      Workshop workshop,
      DepthwiseStep step,
      Optional<BlockGrid> inverse,
      Optional<BlockGrid> forward,
      int vectors) {
    Layout.Slabbed input = step.input().slabbed();
    Layout.Slabbed output = step.output().slabbed();
    int unitRows = forward.map(BlockGrid::height).orElse(1);
    if (step.expansion().isEmpty() && inverse.isEmpty()) {
      return DepthwisePlan.atOnce(output.height() / unitRows);
    }
    return DepthwisePlan.of(
        step.window(),
        input.height(),
        input.width(),
        output.height(),
        inverse.map(BlockGrid::height).orElse(0),
        unitRows,
        vectors,
        Math.ceilDiv(output.slabs(), vectors),
        inverse.map(grid -> grid.height() * input.width()).orElseGet(() -> workshop.chosen(Knob.STRIP)),
        workshop.machine());
  }

  private static Optional<BlockGrid> grid(Layout.Slabbed layout) {
    return layout instanceof Layout.Coefficients coefficients
        ? Optional.of(new BlockGrid(coefficients))
        : Optional.empty();
  }

  private static int longest(List<Band> bands) {
    int longest = 1;
    for (Band band : bands) {
      longest = band.channels() > 0 ? Math.max(longest, band.to()) : longest;
    }
    return longest;
  }

  Layout.Slabbed input() {
    return step.input().slabbed();
  }

  Layout.Slabbed output() {
    return step.output().slabbed();
  }

  int groups() {
    return Math.ceilDiv(output().slabs(), vectors);
  }

  /** Slabs of a last group that is smaller than the others; 0 if there is none. */
  int narrow() {
    return output().slabs() % vectors;
  }

  /** Whether depthwise reads a map in private memory, not the input slot itself. */
  boolean hasMap() {
    return step.expansion().isPresent() || inverse.isPresent();
  }

  /** Where coefficients begin in private memory. */
  int coefficientsAt() {
    return Math.max(inverse.map(BlockGrid::size).orElse(0), forward.map(BlockGrid::size).orElse(0)) * LANES;
  }

  /** Elements of a slab of expanded coefficients. */
  int coefficientElements() {
    return inverseLevel * inverse.orElseThrow().blocks() * LANES;
  }

  /** Where maps begin in private memory. */
  int mapAt() {
    boolean expands = inverse.isPresent() && step.expansion().isPresent();
    return coefficientsAt() + (expands ? vectors * coefficientElements() : 0);
  }

  /** Elements of a slab of the map. */
  int mapElements() {
    return plan.mapRows() * input().width() * LANES;
  }

  /** The end of what the step has in private memory. */
  int end() {
    // Slabs of coefficients are inverted one after the other, into one map.
    int maps = inverse.isPresent() ? 1 : vectors;
    return mapAt() + (hasMap() ? maps * mapElements() : 0);
  }
}
