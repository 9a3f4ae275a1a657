package dev.lowpass.passes.cost;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.passes.machine.Machine;

/** Predicts times on some machine, in microseconds. */
public interface CostModel {
  /** What the times are of. */
  Machine machine();

  /** Where the prices come from, for people: {@code built in, of an Intel Xeon with AVX-512}. */
  String source();

  /** A pointwise product that reads everything. */
  double dense(ProductSize product);

  /** A banded product: what the passes that order channels and compact bands make of {@code limit}. */
  double banded(ProductSize product, BandLimit limit);

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
