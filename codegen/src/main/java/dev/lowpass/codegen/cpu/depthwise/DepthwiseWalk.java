package dev.lowpass.codegen.cpu.depthwise;

import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Var;
import java.util.Optional;

/**
 * One task of a fused depthwise step: a group of slabs, those that one panel of the expansion makes, walks down a chunk
 * of its map strip by strip.
 *
 * @param strips where the strips lie in the parameters
 * @param expansion what makes the map of samples, if it is not the input
 * @param spectral what makes the map of coefficients, if there are any
 */
record DepthwiseWalk(
    DepthwiseGeometry geometry,
    int strips,
    Optional<StripExpansion> expansion,
    Optional<SpectralMap> spectral,
    DepthwiseOutput output) {
  DepthwiseWalk {
    if (expansion.isPresent() && spectral.isPresent()) {
      throw new IllegalArgumentException("a map of samples or of coefficients, not of both");
    }
  }

  static DepthwiseWalk of(
      Workshop workshop, DepthwiseGeometry geometry, Optional<StripExpansion> expansion) {
    DepthwiseStep step = geometry.step();
    Optional<SpectralMap> spectral = geometry.inverse().map(grid -> SpectralMap.of(workshop, geometry, grid));
    int taps =
        workshop
            .parameters()
            .add(
                Packing.taps(
                    step.weight().floats(), step.bias().floats(), step.channels(), geometry.tile().taps()));
    int strips = workshop.parameters().add(geometry.plan().table());
    Optional<BlockGrid> forward = geometry.forward();
    DepthwiseOutput output =
        forward.isPresent()
            ? SpectralOutput.of(workshop, geometry, forward.orElseThrow(), taps)
            : SpatialOutput.of(workshop, geometry, taps);
    return new DepthwiseWalk(geometry, strips, expansion, spectral, output);
  }

  /** Writes a task. */
  void walk(Code code, Placement place) {
    if (geometry.narrow() == 0) {
      walk(code, place, geometry.vectors());
    } else {
      code.when(
          place.group().lessThan(geometry.groups() - 1),
          whole -> walk(whole, place, geometry.vectors()),
          part -> walk(part, place, geometry.narrow()));
    }
  }

  /** @param width slabs of the group */
  private void walk(Code code, Placement place, int width) {
    if (spectral.isPresent()) {
      SpectralMap maps = spectral.orElseThrow();
      maps.expand(code, place, width);
      for (int v = 0; v < width; v++) {
        walkSlab(code, place, maps, v);
      }
      return;
    }
    forEachStrip(
        code,
        place,
        (body, strip) -> {
          expansion.ifPresent(samples -> samples.write(body, place, strip, width));
          for (int v = 0; v < width; v++) {
            Expr slab = slab(body, place, v);
            output.write(body, place, map(place, slab, v), slab, strip);
          }
        });
  }

  /** One slab of coefficients strip by strip, so that depthwise finds in cache what was inverted just before. */
  private void walkSlab(Code code, Placement place, SpectralMap maps, int vector) {
    Expr slab = slab(code, place, vector);
    forEachStrip(
        code,
        place,
        (body, strip) -> {
          maps.invert(body, place, slab, vector, strip);
          output.write(body, place, map(place, slab, 0), slab, strip);
        });
  }

  private Expr slab(Code code, Placement place, int vector) {
    return code.let("slab", place.group().times(geometry.vectors()).plus(vector));
  }

  /** What depthwise reads: map number {@code vector} in private memory, or the input. */
  private Expr map(Placement place, Expr slab, int vector) {
    return geometry.hasMap()
        ? place.privateAddress(geometry.mapAt() + vector * geometry.mapElements())
        : place.slab(geometry.step().input(), slab);
  }

  private interface Strip {
    void write(Code code, DepthwisePlan.Words strip);
  }

  private void forEachStrip(Code code, Placement place, Strip each) {
    int count = geometry.plan().stripsAChunk();
    code.loop(
        "strip",
        count,
        (body, number) -> {
          Expr index = place.chunk().times(count).plus(number);
          Var words = body.let("words", DepthwisePlan.Words.start(index));
          each.write(body, new DepthwisePlan.Words(place.entry(), strips, index, words));
        });
  }
}
