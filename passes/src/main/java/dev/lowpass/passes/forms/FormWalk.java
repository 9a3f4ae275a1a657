package dev.lowpass.passes.forms;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.CoefficientUse;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.frequency.Grid;
import dev.lowpass.passes.frequency.PointwiseLayer;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows one choice of layers through a spatial graph: which values would be made, and which needed, as samples and as
 * coefficients, once the passes that wrap, move and cancel were done. A value that is needed as what it is not made
 * takes a transform.
 */
final class FormWalk {
  private final FormCosts costs;
  private final GraphIndex index;
  private final Set<String> lowpassed;
  private final Map<String, BandLimit> coefficients = new LinkedHashMap<>();
  private final Map<String, Value> samplesNeeded = new LinkedHashMap<>();
  private final Map<String, Value> transformed = new LinkedHashMap<>();
  private final Map<String, BandLimit> coefficientsNeeded = new LinkedHashMap<>();
  private double products;

  FormWalk(FormCosts costs, GraphIndex index, Set<String> lowpassed) {
    this.costs = costs;
    this.index = index;
    this.lowpassed = lowpassed;
  }

  /** Takes the next node, operands first. */
  void visit(FormCosts.Step step) {
    Node node = step.node();
    if (node.op() instanceof Pointwise) {
      product(new PointwiseLayer(node));
      return;
    }
    Optional<BandLimit> grid = grid(step);
    if (grid.isEmpty()) {
      node.operands().forEach(this::needSamples);
    } else if (step.use() instanceof CoefficientUse.Commutes) {
      BandLimit whole = costs.coefficients(node.result(), grid.get(), grid.get().block().size());
      step.operands().stream()
          .filter(operand -> !coefficients.containsKey(operand.name()))
          .forEach(operand -> needCoefficients(operand, whole));
      coefficients.put(node.name(), whole);
    }
  }

  /** Somebody reads {@code value} as samples. */
  void needSamples(Value value) {
    samplesNeeded.put(value.name(), value);
  }

  /** Microseconds of what was visited. */
  double total() {
    double total = products;
    for (Map.Entry<String, BandLimit> needed : coefficientsNeeded.entrySet()) {
      total += costs.forward(transformed.get(needed.getKey()), needed.getValue());
    }
    for (Value value : samplesNeeded.values()) {
      BandLimit made = coefficients.get(value.name());
      total += made == null ? 0 : costs.inverse(value, made);
    }
    return total;
  }

  private void product(PointwiseLayer layer) {
    Node node = layer.node();
    Value input = node.operand(0);
    if (!lowpassed.contains(node.name())) {
      products += costs.dense(layer);
      needSamples(input);
      return;
    }
    BandLimit limit = layer.limit().orElseThrow();
    products += costs.banded(layer);
    BandLimit made = coefficients.get(input.name());
    boolean cancels = made != null && Grid.of(made).equals(Grid.of(limit)) && Grid.of(limit).divides(input.type());
    if (!cancels) {
      needSamples(input);
      needCoefficients(input, limit);
    }
    coefficients.put(node.name(), costs.coefficients(node.result(), limit, costs.made(limit)));
  }

  private void needCoefficients(Value value, BandLimit limit) {
    transformed.put(value.name(), value);
    coefficientsNeeded.merge(value.name(), limit, costs::union);
  }

  /** The grid on which a node works on coefficients, if it does. */
  private Optional<BandLimit> grid(FormCosts.Step step) {
    BandLimit grid = null;
    boolean all = true;
    for (Value operand : step.operands()) {
      BandLimit made = coefficients.get(operand.name());
      if (made == null) {
        all = false;
      } else if (grid == null) {
        grid = made;
      } else if (!Grid.of(made).equals(Grid.of(grid))) {
        return Optional.empty();
      }
    }
    if (grid == null) {
      return Optional.empty();
    }
    boolean works =
        switch (step.use()) {
          case CoefficientUse.Commutes _ -> all || pays(step.node(), Grid.of(grid));
          case CoefficientUse.Dc _ -> Grid.of(grid).divides(step.node().operand(0).type());
          case CoefficientUse.None _ -> false;
        };
    return works ? Optional.of(grid) : Optional.empty();
  }

  /** Whether a node takes a new transform for one of its two operands, because its own result then needs none. */
  private boolean pays(Node node, Grid grid) {
    return node.op() instanceof Binary
        && grid.divides(node.type())
        && !index.isOutput(node.result())
        && index.users(node.result()).stream().map(Node::name).allMatch(lowpassed::contains);
  }
}
