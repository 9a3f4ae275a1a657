package dev.lowpass.ir.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of the block transform, for all orders and for maps that the blocks do not divide. */
class TransformProperties {
  private static final double ROUNDING = 1e-12;

  /** A map of [batch, channels, height, width] and how it is cut. */
  record Cut(int batch, int channels, int height, int width, Block block, CoefficientOrder order, long seed) {
    TensorType type() {
      return TensorType.f32(batch, channels, height, width);
    }

    Dct dct() {
      return new Dct(block, order, Optional.empty());
    }

    boolean divides() {
      return block.divides(height, width);
    }

    /** {@code count} numbers from -1 to 1. */
    float[] weights(int count) {
      Random random = new Random(~seed);
      float[] weights = new float[count];
      for (int i = 0; i < count; i++) {
        weights[i] = random.nextFloat(-1, 1);
      }
      return weights;
    }
  }

  @Provide
  Arbitrary<Cut> cuts() {
    Arbitrary<Integer> side = Arbitraries.integers().between(1, 19);
    Arbitrary<Block> block =
        Combinators.combine(Arbitraries.integers().between(1, 9), Arbitraries.integers().between(1, 9)).as(Block::new);
    return Combinators.combine(
            Arbitraries.integers().between(1, 2),
            Arbitraries.integers().between(1, 4),
            side,
            side,
            block,
            Arbitraries.of(CoefficientOrder.class),
            Arbitraries.longs())
        .as(Cut::new);
  }

  @Property(tries = 200)
  void theInverseRestoresTheMap(@ForAll("cuts") Cut cut) {
    SmallGraph graph = new SmallGraph();
    Value x = input(graph, cut);
    Value y = graph.node("y", new Idct(), graph.node("f", cut.dct(), x));
    assertSame(graph.returning(y), cut, "y", "x");
  }

  @Property(tries = 200)
  void energyIsPreservedWhereBlocksDivideTheMap(@ForAll("cuts") Cut cut) {
    SmallGraph graph = new SmallGraph();
    Graph built = graph.returning(graph.node("f", cut.dct(), input(graph, cut)));
    SequencedMap<String, Numbers> values = Interpreter.trace(built, SeededInputs.of(built, cut.seed()));
    double ratio = energy(values.get("f")) / energy(values.get("x"));
    if (cut.divides()) {
      assertThat(ratio).isBetween(1 - ROUNDING, 1 + ROUNDING);
    } else {
      assertThat(ratio).isGreaterThan(1 - ROUNDING);
    }
  }

  private static double energy(Numbers numbers) {
    return Arrays.stream(numbers.values()).map(value -> value * value).sum();
  }

  @Property(tries = 200)
  void aPointwiseConvolutionCommutes(@ForAll("cuts") Cut cut) {
    SmallGraph graph = new SmallGraph();
    Value w = graph.constant(cut.weights(3 * cut.channels()), 3, cut.channels());
    Value b = graph.constant(cut.weights(3), 3);
    assertCommutes(graph, cut, Pointwise.dense(), w, b);
  }

  @Property(tries = 100)
  void scalingAndShiftingChannelsCommute(@ForAll("cuts") Cut cut, @ForAll boolean scale) {
    SmallGraph graph = new SmallGraph();
    Value values = graph.constant(cut.weights(cut.channels()), 1, cut.channels(), 1, 1);
    assertCommutes(graph, cut, scale ? Binary.mul() : Binary.add(), values);
  }

  @Property(tries = 100)
  void theMeanOfTheMapIsTheMeanOfDcWhereBlocksDivideTheMap(@ForAll("cuts") Cut cut) {
    if (!cut.divides()) {
      return;
    }
    SmallGraph graph = new SmallGraph();
    Value x = input(graph, cut);
    Value before = graph.node("before", new GlobalAveragePool(), x);
    Value after = graph.node("after", new GlobalAveragePool(), graph.node("f", cut.dct(), x));
    assertSame(graph.returning(before, after), cut, "after", "before");
  }

  /** Asserts op(x, others) = idct(op(dct(x), others)). */
  private static void assertCommutes(SmallGraph graph, Cut cut, Op op, Value... others) {
    Value x = input(graph, cut);
    Value spatial = graph.node("spatial", op, prepend(x, others));
    Value coefficients = graph.node("g", op, prepend(graph.node("f", cut.dct(), x), others));
    Value restored = graph.node("restored", new Idct(), coefficients);
    assertSame(graph.returning(spatial, restored), cut, "restored", "spatial");
  }

  private static Value[] prepend(Value first, Value[] others) {
    Value[] all = new Value[others.length + 1];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }

  private static Value input(SmallGraph graph, Cut cut) {
    return graph.input("x", cut.type());
  }

  private static void assertSame(Graph graph, Cut cut, String result, String expected) {
    SequencedMap<String, Numbers> values = Interpreter.trace(graph, SeededInputs.of(graph, cut.seed()));
    Difference difference = Difference.between(values.get(result), values.get(expected));
    assertThat(difference.maxAbsolute()).as("%s", difference).isLessThan(ROUNDING);
  }
}
