package dev.lowpass.passes.forms;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.frequency.PointwiseLayer;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Finds the set of layers to low-pass that costs least, by changing one block at a time until nothing gets cheaper. */
final class FormSearch {
  private final ToDoubleFunction<Set<String>> cost;
  private final Map<String, String> expansions = new LinkedHashMap<>();

  /** @param cost of low-passing the layers with these names */
  FormSearch(Graph graph, List<PointwiseLayer> layers, ToDoubleFunction<Set<String>> cost) {
    this.cost = cost;
    GraphIndex index = new GraphIndex(graph);
    for (PointwiseLayer layer : layers) {
      expansion(index, layer.node()).ifPresent(expansion -> expansions.put(layer.node().name(), expansion));
    }
  }

  /**
   * The layer that feeds layer {@code projection} through a block's depthwise and activations, if it has such a block.
   */
  Optional<String> expansionOf(String projection) {
    return Optional.ofNullable(expansions.get(projection));
  }

  /** The cheapest set of {@code banded} layers found. */
  Set<String> best(Set<String> banded) {
    Set<String> fromAll = descend(banded, banded);
    Set<String> fromNone = descend(Set.of(), banded);
    return cost.applyAsDouble(fromAll) <= cost.applyAsDouble(fromNone) ? fromAll : fromNone;
  }

  private Set<String> descend(Set<String> start, Set<String> banded) {
    Set<String> current = start;
    double least = cost.applyAsDouble(current);
    for (boolean improved = true; improved; ) {
      improved = false;
      for (String layer : banded) {
        for (Set<String> candidate : alternatives(current, layer, banded)) {
          double price = candidate.equals(current) ? least : cost.applyAsDouble(candidate);
          // Choices that differ by rounding only must not chase each other. What else a set costs may be less than nothing.
          if (price < least - 1e-12 * Math.abs(least)) {
            least = price;
            current = candidate;
            improved = true;
          }
        }
      }
    }
    return current;
  }

  /** The four forms of the block that ends in {@code layer}; two where there is no expansion with bands. */
  private List<Set<String>> alternatives(Set<String> current, String layer, Set<String> banded) {
    List<Set<String>> alternatives = new ArrayList<>();
    Optional<String> expansion = expansionOf(layer).filter(banded::contains);
    for (boolean project : List.of(false, true)) {
      Set<String> changed = with(current, layer, project);
      if (expansion.isEmpty()) {
        alternatives.add(changed);
      } else {
        alternatives.add(with(changed, expansion.get(), false));
        alternatives.add(with(changed, expansion.get(), true));
      }
    }
    return alternatives;
  }

  static Set<String> with(Set<String> layers, String layer, boolean lowpassed) {
    Set<String> changed = new LinkedHashSet<>(layers);
    if (lowpassed) {
      changed.add(layer);
    } else {
      changed.remove(layer);
    }
    return changed;
  }

  /** Without anything between them, two pointwise layers are neighbours on a stream, not a block. */
  private static Optional<String> expansion(GraphIndex index, Node projection) {
    Optional<Node> above = index.producer(projection.operand(0)).filter(FormSearch::isInside);
    while (above.isPresent() && isInside(above.get())) {
      above = index.producer(above.get().operand(0));
    }
    return above.filter(node -> node.op() instanceof Pointwise).map(Node::name);
  }

  /**
   * Whether a node may stand between a block's expansion and its projection: it keeps channels apart. Of a scale, the
   * image is the first operand.
   */
  private static boolean isInside(Node node) {
    return switch (node.channels()) {
      case APART, COUNTED -> true;
      case BROADCAST -> node.op().equals(Binary.mul());
      case SUMMED, PLACED -> false;
    };
  }
}
