package dev.lowpass.codegen.fit;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Pointwise;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * Bands for timing, not for accuracy: every pointwise layer on a map keeps about the part {@code retained} of its
 * input's coefficients. Written {@code square-7-0.5} or {@code zigzag-7-0.5-0.2}; with {@code -project} behind it,
 * layers that do not narrow stay dense.
 *
 * @param block edge of the blocks; layers whose maps it does not divide stay dense
 * @param deviation of the channels' parts around {@code retained}; normal, clipped
 */
public record SyntheticBands(
    CoefficientOrder order, int block, double retained, double deviation, boolean projectOnly) {
  /** @throws IllegalArgumentException for text of another form */
  public static SyntheticBands parse(String text) {
    List<String> parts = List.of(text.split("-"));
    return new SyntheticBands(
        CoefficientOrder.valueOf(parts.get(0).toUpperCase(Locale.ROOT)),
        Integer.parseInt(parts.get(1)),
        Double.parseDouble(parts.get(2)),
        parts.size() > 3 && !parts.get(3).equals("project") ? Double.parseDouble(parts.get(3)) : 0,
        parts.getLast().equals("project"));
  }

  /** Bands of all pointwise layers of {@code graph}, a canonical one. */
  public BandsFile of(Graph graph) {
    Random random = new Random(1);
    SequencedMap<String, BandLimit> layers = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Pointwise && takes(node.operand(0).type().shape(), node.type().shape().dim(1))) {
        layers.put(node.location().text(), new BandLimit(squares(), order, keep(node, random)));
      }
    }
    return new BandsFile(layers);
  }

  private boolean takes(Shape input, int outputs) {
    boolean map = input.dim(2) * input.dim(3) > 1 && squares().divides(input.dim(2), input.dim(3));
    return map && (!projectOnly || outputs < input.dim(1));
  }

  private Block squares() {
    return new Block(block, block);
  }

  private Bands keep(Node pointwise, Random random) {
    int channels = pointwise.operand(0).type().shape().dim(1);
    int size = block * block;
    return new Bands(
        IntStream.range(0, channels)
            .mapToObj(_ -> (int) Math.round(size * Math.clamp(retained + deviation * random.nextGaussian(), 0, 1)))
            .toList());
  }
}
