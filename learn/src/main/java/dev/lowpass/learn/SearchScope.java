package dev.lowpass.learn;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.text.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a search decides about: which layers, in which blocks their maps are cut, how coefficients are counted.
 *
 * @param block the blocks of maps that it divides. Where only its width does, blocks are as high as the map; other maps
 *     are not searched, and so the means of maps, whose layers read one sample a channel, are not
 * @param order of the coefficients of which a prefix is kept
 * @param layers the names of the layers to search; empty for all that can be
 */
public record SearchScope(Block block, CoefficientOrder order, Set<String> layers) {
  public SearchScope {
    layers = Collections.unmodifiableSet(new LinkedHashSet<>(layers));
  }

  /** All layers that can be searched. */
  public static SearchScope everywhere(Block block, CoefficientOrder order) {
    return new SearchScope(block, order, Set.of());
  }

  /** Only the layers of these names. */
  public SearchScope within(Collection<String> names) {
    return new SearchScope(block, order, new LinkedHashSet<>(names));
  }

  /**
   * The layers of {@code graph} that are searched, in its order; at least one.
   *
   * @param graph canonical and spatial
   * @throws LowpassException at the layer: LP6001 a name that is not one of a layer that can be searched; at the graph:
   *     LP6002 no layer can be searched
   */
  public List<SearchedLayer> layersOf(Graph graph) {
    List<SearchedLayer> searchable = new ArrayList<>();
    graph.nodes().forEach(node -> searched(graph, node).ifPresent(searchable::add));
    if (searchable.isEmpty()) {
      throw new LowpassException(
          "LP6002", graph.name(), "has no pointwise layer whose map is a multiple of %d wide".formatted(block.width()));
    }
    layers.forEach(name -> require(name, searchable));
    return searchable.stream().filter(layer -> layers.isEmpty() || layers.contains(layer.name())).toList();
  }

  private void require(String name, List<SearchedLayer> searchable) {
    List<String> names = searchable.stream().map(SearchedLayer::name).toList();
    if (!names.contains(name)) {
      String nearest = NearestName.among(names, name).orElseThrow();
      throw new LowpassException(
          "LP6001",
          name,
          "no pointwise layer with a map of %s blocks; the nearest is '%s'".formatted(block, nearest));
    }
  }

  private Optional<SearchedLayer> searched(Graph graph, Node node) {
    if (!(node.op() instanceof Pointwise)) {
      return Optional.empty();
    }
    return graph
        .producer(node.operand(1))
        .flatMap(weights -> weights.op() instanceof Constant constant ? Optional.of(constant) : Optional.empty())
        .flatMap(weights -> blockOf(node.type().shape()).map(cut -> SearchedLayer.of(node, cut, order, weights)));
  }

  private Optional<Block> blockOf(Shape map) {
    int rows = map.dim(2);
    if (map.dim(3) % block.width() != 0) {
      return Optional.empty();
    }
    if (rows % block.height() == 0) {
      return Optional.of(block);
    }
    return rows <= Block.MAX_SIDE ? Optional.of(new Block(rows, block.width())) : Optional.empty();
  }
}
