package dev.lowpass.passes.frequency;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.Node;
import dev.lowpass.ir.Shape;

/** Predicts times on some machine, in microseconds. */
public interface CostModel {
  /** What the times are of, for instance {@code one AVX-512 core}. */
  String machine();

  /** A pointwise product that reads everything. */
  double dense(Product product);

  /** A banded product: what {@link OrderChannels} and {@link CompactBands} make of {@code limit}. */
  double banded(Product product, BandLimit limit);

  /** A dct of {@code map} [N, C, H, W], truncated to {@code kept}. */
  double forward(Shape map, BandLimit kept);

  /** An idct of {@code map} [N, C, H, W] that has coefficients within {@code known} only. */
  double inverse(Shape map, BandLimit known);

  /** A node of a graph as it stands, whatever it is. */
  double of(Node node);

  /** A whole graph as it stands. */
  default double of(Graph graph) {
    return graph.nodes().stream().mapToDouble(this::of).sum();
  }
}
