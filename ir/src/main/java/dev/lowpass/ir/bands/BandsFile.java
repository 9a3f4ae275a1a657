package dev.lowpass.ir.bands;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.text.Names;
import dev.lowpass.ir.text.NearestName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What every listed layer keeps of its input, by layer name: the name of the ONNX node, which is a graph node's
 * location.
 *
 * <pre>
 * bands 1
 * layer "features.7.project" block 7x7 order zigzag keep [49*120, 36*64, 10, 3*199]
 * </pre>
 */
public record BandsFile(SequencedMap<String, BandLimit> layers) {
  /** The only version of the format so far. */
  public static final int VERSION = 1;

  public BandsFile {
    layers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(layers));
  }

  /**
   * Reads the text of a bands file; {@code fileName} is for error messages.
   *
   * @throws LowpassException at {@code file:line:column}: LP2100 syntax, LP2101 a version that is not 1, LP2102 a layer
   *     listed twice, LP2103 a threshold beyond the block, LP2104 an unknown order, LP2105 more channels than any
   *     network has
   */
  public static BandsFile parse(String source, String fileName) {
    return BandsReader.read(source, fileName);
  }

  /** The text, one layer a line in the order of the file; reads back to an equal value. */
  public String print() {
    StringBuilder text = new StringBuilder("bands ").append(VERSION).append("\n\n");
    layers.forEach((layer, limit) -> text.append(print(layer, limit)).append('\n'));
    return text.toString();
  }

  private static String print(String layer, BandLimit limit) {
    return "layer %s block %s order %s keep %s"
        .formatted(Names.quote(layer), limit.block(), limit.order(), limit.keep());
  }

  public Optional<BandLimit> of(String layer) {
    return Optional.ofNullable(layers.get(layer));
  }

  /**
   * Checks that every layer is a pointwise node of {@code graph} with as many input channels as thresholds; for use
   * after pointwise convolutions are recognised.
   *
   * @throws LowpassException at the layer: LP2110 no node of that name, LP2111 another number of channels, LP2112 not
   *     pointwise
   */
  public void checkAgainst(Graph graph) {
    layers.forEach((layer, limit) -> check(layer, limit, graph));
  }

  private static void check(String layer, BandLimit limit, Graph graph) {
    List<Node> nodes = graph.nodes().stream().filter(node -> node.location().text().equals(layer)).toList();
    if (nodes.isEmpty()) {
      String nearest =
          NearestName.among(pointwiseLayers(graph), layer)
              .map(known -> "the nearest pointwise layer is '" + known + "'")
              .orElse("it has no pointwise layer at all");
      throw new LowpassException("LP2110", layer, "no such layer in graph '" + graph.name() + "'; " + nearest);
    }
    List<Node> pointwise = nodes.stream().filter(BandsFile::isPointwise).toList();
    if (pointwise.isEmpty()) {
      String found = String.join(", ", nodes.stream().map(Node::op).map(Op::mnemonic).distinct().toList());
      throw new LowpassException("LP2112", layer, "bands are for pointwise layers, but this is " + found);
    }
    for (Node node : pointwise) {
      int channels = node.operand(0).type().shape().dim(1);
      if (channels != limit.keep().channels()) {
        throw new LowpassException(
            "LP2111",
            layer,
            "bands for %d channels, but the layer reads %d; are they of another model?"
                .formatted(limit.keep().channels(), channels));
      }
    }
  }

  private static List<String> pointwiseLayers(Graph graph) {
    return graph.nodes().stream().filter(BandsFile::isPointwise).map(node -> node.location().text()).toList();
  }

  private static boolean isPointwise(Node node) {
    return node.op() instanceof Pointwise;
  }
}
