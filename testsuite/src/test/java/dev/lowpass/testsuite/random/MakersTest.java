package dev.lowpass.testsuite.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Interpolation;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Operators;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.SamplePlaces;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the first networks consist of: a law that an operator never meets says nothing of it. */
class MakersTest {
  private static final int NETWORKS = 3000;

  /** Operators that no maker makes, and why. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "dct", "a model has none: passes put them around layers with bands",
          "idct", "as dct",
          "narrow", "nor this: a pass puts it behind maps that are to lie in 16 bits");

  private static final List<Op> DRAWN =
      LongStream.range(0, NETWORKS).boxed().flatMap(seed -> Draft.of(seed).nodes().stream()).map(Node::op).toList();

  @Test
  void everyOperatorIsDrawn() {
    Set<String> missing = new TreeSet<>(Operators.byMnemonic().keySet());
    DRAWN.forEach(op -> missing.remove(op.mnemonic()));
    assertThat(missing).containsExactlyInAnyOrderElementsOf(LEFT_OUT.keySet());
  }

  @Test
  void everyWayToResizeIsDrawn() {
    assertThat(interpolations().map(way -> way.kernel() + " " + way.places().rule()))
        .containsAll(
            Stream.of(Interpolation.Kernel.values())
                .flatMap(kernel -> Stream.of(SamplePlaces.Rule.values()).map(rule -> kernel + " " + rule))
                .toList());
  }

  private static Stream<Interpolation> interpolations() {
    return DRAWN.stream()
        .filter(op -> op instanceof Resize(_, _, Interpolation _))
        .map(op -> (Interpolation) ((Resize) op).filter());
  }

  @Test
  void bothOrdersOfChannelsBecomeBlocks() {
    assertThat(DRAWN.stream().filter(op -> op instanceof DepthToSpace(int block, boolean _) && block > 1))
        .extracting(op -> ((DepthToSpace) op).together())
        .contains(true, false);
  }
}
