package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.WholeBlock;
import java.util.List;
import java.util.Optional;

/**
 * A block of a network with large maps, in samples: [producer → before] → depthwise → after → projection, strip by
 * strip of rows, so that nothing in between reaches memory. Fields as in {@link DepthwiseStep}.
 *
 * @param channels channels in between
 */
public record BlockStep(
    String name,
    Slot input,
    Slot output,
    Optional<Producer> producer,
    int channels,
    List<Elementwise> before,
    Window window,
    Weights weight,
    Weights bias,
    List<Elementwise> after,
    Projection projection)
    implements Step {
  /** Itself as numbers, where an expansion makes the map. */
  public WholeBlock whole() {
    Shape in = input.shape();
    return new WholeBlock(in.dim(0), in.dim(2), in.dim(3), in.dim(1), channels, output.shape().dim(1), window);
  }

  /** Height of the map that depthwise reads. */
  public int mapHeight() {
    return producer.filter(Stem.class::isInstance).map(p -> extent((Stem) p, 0)).orElse(input.shape().dim(2));
  }

  /** Width of the map that depthwise reads. */
  public int mapWidth() {
    return producer.filter(Stem.class::isInstance).map(p -> extent((Stem) p, 1)).orElse(input.shape().dim(3));
  }

  private int extent(Stem stem, int axis) {
    return stem.window().outputExtent(axis, input.shape().dim(2 + axis), false);
  }

  @Override
  public List<Slot> reads() {
    return Step.with(input, projection.residual());
  }

  @Override
  public String kind() {
    String kind =
        producer
            .map(p -> p instanceof Stem ? "convolution + depthwise + projection" : "expansion + depthwise + projection")
            .orElse("depthwise + projection");
    return Step.kind(kind, projection.precision());
  }

  @Override
  public long multiplyAdds() {
    Layout.Slabbed out = output.slabbed();
    long map = (long) mapHeight() * mapWidth();
    long before =
        switch (producer.orElse(null)) {
          case null -> 0;
          case Stem stem -> stem.weight().count() * map;
          case Expansion expansion -> expansion.weight().count() * map;
        };
    return out.batch() * (before + ((long) weight.count() + projection.weight().count()) * out.rows());
  }
}
