package dev.lowpass.ir.bands;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
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
 * What a network keeps of what it reads: at which size it reads pictures, and what every listed layer keeps of its
 * input.
 *
 * <pre>
 * bands 1
 * input "input" 192x192 crop 208x208 filter dct
 * layer "features.7.project" block 6x6 order zigzag keep [36*120, 27*64, 8, 2*199]
 * </pre>
 *
 * @param layers by the layer's name: that of the ONNX node, which is a graph node's location
 * @param inputs by the input's name; blocks of layers are those of the network at this size
 */
public record BandsFile(SequencedMap<String, BandLimit> layers, SequencedMap<String, InputSize> inputs) {
  /** The only version of the format so far. */
  public static final int VERSION = 1;

  public BandsFile {
    layers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(layers));
    inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
  }

  /** Bands of layers alone: pictures as the model reads them. */
  public BandsFile(SequencedMap<String, BandLimit> layers) {
    this(layers, new LinkedHashMap<>());
  }

  /** The same with pictures of other sizes. */
  public BandsFile withInputs(SequencedMap<String, InputSize> changed) {
    return new BandsFile(layers, changed);
  }

  /**
   * Reads the text of a bands file; {@code fileName} is for error messages.
   *
   * @throws LowpassException at {@code file:line:column}: LP2100 syntax, LP2101 a version that is not 1, LP2102 a layer
   *     listed twice, LP2103 a threshold beyond the block, LP2104 an unknown order, LP2105 more channels than any
   *     network has, LP2106 an input listed twice, LP2107 a size that no picture has, LP2108 an unknown filter, LP2109 a
   *     middle that is smaller than the size
   */
  public static BandsFile parse(String source, String fileName) {
    return BandsReader.read(source, fileName);
  }

  /** The text, one input or layer a line in the order of the file, inputs first; reads back to an equal value. */
  public String print() {
    StringBuilder text = new StringBuilder("bands ").append(VERSION).append("\n\n");
    inputs.forEach((input, size) -> text.append("input %s %s\n".formatted(Names.quote(input), size)));
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
   * Checks that every layer is a pointwise node of {@code graph} with as many input channels as thresholds, for use
   * after pointwise convolutions are recognised, and every input one as {@link #checkInputs} wants it.
   *
   * @throws LowpassException at the layer: LP2110 no node of that name, LP2111 another number of channels, LP2112 not
   *     pointwise
   */
  public void checkAgainst(Graph graph) {
    checkInputs(graph);
    layers.forEach((layer, limit) -> check(layer, limit, graph));
  }

  /**
   * Checks that every input is one of {@code graph} that takes pictures.
   *
   * @throws LowpassException at the input: LP2113 none of that name, LP2114 not an image [N, C, H, W]
   */
  public void checkInputs(Graph graph) {
    inputs.sequencedKeySet().forEach(input -> checkInput(input, graph));
  }

  private static void checkInput(String input, Graph graph) {
    List<String> names = graph.inputs().stream().map(Value::name).toList();
    if (!names.contains(input)) {
      String nearest =
          NearestName.among(names, input)
              .map(known -> "the nearest is '" + known + "'")
              .orElse("it has no input at all");
      throw new LowpassException("LP2113", input, "no such input of graph '" + graph.name() + "'; " + nearest);
    }
    TensorType type = graph.inputs().get(names.indexOf(input)).type();
    if (!type.isSpatial() || type.shape().rank() != 4 || !type.element().isFloating()) {
      throw new LowpassException("LP2114", input, "sizes are for pictures [N, C, H, W], but this input is " + type);
    }
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
