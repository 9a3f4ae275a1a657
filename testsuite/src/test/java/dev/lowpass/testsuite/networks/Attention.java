package dev.lowpass.testsuite.networks;

import java.util.List;

/**
 * Layers of transformers on lists of tokens, {@code [batch, tokens, width]}.
 *
 * @param heads among which the width is divided
 * @param decomposed whether normalisations are written in steps
 */
record Attention(Network network, int heads, boolean decomposed, Activation activation) {
  /** Attention and two dense layers, each with a normalisation before and a sum around it. */
  Feature block(Feature x) {
    Feature seen = network.add(x, attend(normalized(x)));
    Feature wide = activation.of(network, network.dense(normalized(seen), 2 * x.extent(-1), 1));
    return network.add(seen, network.dense(wide, x.extent(-1), 1));
  }

  Feature normalized(Feature x) {
    return decomposed
        ? network.normalizations().layerInSteps(network, x, x.rank() - 1)
        : network.normalizations().layer(x);
  }

  /** As timm writes it: one product for queries, keys and values, which are gathered from it. */
  private Feature attend(Feature x) {
    Movements movements = network.movements();
    int batch = x.extent(0);
    int tokens = x.extent(1);
    int width = x.extent(2);
    Feature all = movements.reshape(network.dense(x, 3 * width, 1), batch, tokens, 3, heads, width / heads);
    Feature apart = movements.transpose(all, 2, 0, 3, 1, 4);
    Feature queries = movements.gather(apart, 0, 0);
    Feature keys = movements.transpose(movements.gather(apart, 0, 1), 0, 1, 3, 2);
    Feature values = movements.gather(apart, 0, 2);
    Feature scores = network.with("Mul", network.matMul(queries, keys), 1 / Math.sqrt((double) width / heads));
    Feature mixed = network.matMul(network.softmax(scores, decomposed ? 3 : -1), values);
    Feature joined = movements.reshape(movements.transpose(mixed, 0, 2, 1, 3), batch, tokens, width);
    return network.dense(joined, width, 1);
  }

  /** The tokens of a map, row by row. */
  Feature tokens(Feature map) {
    Movements movements = network.movements();
    return movements.transpose(movements.reshape(map, map.extent(0), map.channels(), -1), 0, 2, 1);
  }

  /** A token that was learnt before those of every picture, and positions added to all. */
  Feature withClassToken(Feature tokens) {
    int batch = tokens.extent(0);
    int width = tokens.extent(2);
    OnnxGraph graph = network.graph();
    Feature learnt = graph.stored("cls_token", network.weights().around(List.of(1, 1, width), 0, 0.5));
    Feature target = graph.indices(batch, 1, width);
    Feature token = graph.node("Expand", List.of(learnt, target), List.of(batch, 1, width));
    Feature all = network.movements().concat(1, token, tokens);
    List<Integer> places = List.of(1, all.extent(1), width);
    return network.add(all, graph.stored("pos_embed", network.weights().around(places, 0, 0.3)));
  }
}
