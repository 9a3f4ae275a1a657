package dev.lowpass.passes.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Location;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.Numbers;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the frequency passes keep for every network, executed in double precision. */
class FrequencyPassProperties {
  private static final double ROUNDING = 1e-9;
  private static final Pipeline WRAP = Pipelines.parse("wrap-pointwise");
  private static final Pipeline SIMPLIFY =
      Pipelines.parse("move-transforms,cancel-transforms,share-transforms,truncate-transforms,order-channels");
  private static final Pipeline COMPACT = Pipelines.parse("compact-bands{max=3,tile=1}");

  @Property(tries = 100)
  void fullBandsComputeTheUnprunedModel(@ForAll long seed) {
    Graph graph = RandomNetwork.withFullBands(seed);
    assertSame(run(WRAP.then(SIMPLIFY).then(COMPACT), graph), graph, seed);
  }

  @Property(tries = 100)
  void afterWrappingNothingChangesTheMeaningOfBands(@ForAll long seed) {
    Graph wrapped = run(WRAP, RandomNetwork.withBands(seed));
    assertSame(run(SIMPLIFY, wrapped), wrapped, seed);
  }

  @Property(tries = 100)
  void orderingChannelsChangesNothing(@ForAll long seed) {
    Graph wrapped = run(WRAP, RandomNetwork.withBands(seed));
    assertSame(run(Pipelines.parse("order-channels"), wrapped), wrapped, seed);
  }

  @Property(tries = 100)
  void transformedChannelsNeverGrow(@ForAll long seed) {
    Graph graph = run(WRAP, RandomNetwork.withBands(seed));
    long before = transformedChannels(run(Pipelines.parse("cancel-transforms,share-transforms"), graph));
    Graph moved = run(Pipelines.parse("move-transforms,cancel-transforms,share-transforms"), graph);
    assertThat(transformedChannels(moved)).isLessThanOrEqualTo(before);
  }

  @Property(tries = 100)
  void compactingOnlyLengthensBandsAndLeavesFewSteps(@ForAll long seed) {
    Graph before = run(WRAP.then(SIMPLIFY), RandomNetwork.withBands(seed));
    Graph after = run(COMPACT, before);
    Map<String, Node> compacted = after.producers();
    for (Node node : before.nodes()) {
      if (node.op() instanceof Pointwise pointwise && pointwise.limit().isPresent() && !node.type().isSpatial()) {
        BandLimit limit = ((Pointwise) compacted.get(node.name()).op()).limit().orElseThrow();
        Bands read = pointwise.reads(node.operand(0).type());
        assertThat(limit.keep().covers(read)).isTrue();
        assertThat(limit.keep().isSorted()).isTrue();
        assertThat(limit.keep().keep().stream().filter(kept -> kept > 0).distinct().count()).isLessThanOrEqualTo(3);
      }
    }
  }

  /** What a layer reads of each channel is what was asked for, and maybe more. */
  @Property(tries = 100)
  void compactingKeepsOfEveryChannelAllThatWasAskedFor(@ForAll long seed, @ForAll("machines") Machine machine) {
    Graph before = run(WRAP.then(SIMPLIFY), RandomNetwork.withBands(seed));
    Map<String, Node> compacted = run(Pipelines.parse("compact-bands"), before, machine).producers();
    for (Node node : before.nodes()) {
      if (node.op() instanceof Pointwise && !node.type().isSpatial()) {
        assertThat(read(compacted.get(node.name())).covers(read(node))).as("%s", node).isTrue();
      }
    }
  }

  /** Of a layer that passes each channel on, so that what is missing of the input is missing of the output. */
  @Property(tries = 100)
  void compactingDropsNoMoreOfAnyChannelsEnergy(@ForAll long seed, @ForAll("machines") Machine machine) {
    Graph graph = passingChannelsOn(new Random(seed));
    Graph cut = run(Pipelines.parse("wrap-pointwise,truncate-transforms"), graph);
    List<Double> asked = droppedEnergy(cut, seed);
    List<Double> dropped = droppedEnergy(run(Pipelines.parse("compact-bands"), cut, machine), seed);
    for (int c = 0; c < asked.size(); c++) {
      assertThat(dropped.get(c)).as("channel %d of %s", c, cut).isLessThanOrEqualTo(asked.get(c) + ROUNDING);
    }
  }

  @Provide
  Arbitrary<Machine> machines() {
    return Arbitraries.of(Machines.AVX512, Machines.AVX2, Machines.DEVICE);
  }

  private static Bands read(Node pointwise) {
    return ((Pointwise) pointwise.op()).reads(pointwise.operand(0).type());
  }

  private static Graph passingChannelsOn(Random random) {
    int channels = 2 + random.nextInt(40);
    Block block = new Block(2 + random.nextInt(4), 2 + random.nextInt(4));
    Bands keep = new Bands(random.ints(channels, 0, block.size() + 1).boxed().toList());
    float[] weights = new float[channels * channels];
    for (int c = 0; c < channels; c++) {
      weights[c * channels + c] = 1;
    }
    Value x = new Value("x", TensorType.f32(1, channels, block.height(), 2 * block.width()));
    Constant identity = new Constant(Tensor.of(weights, channels, channels));
    Node w = Node.of("w", identity, List.of(), Location.UNKNOWN);
    Pointwise limited = Pointwise.limited(new BandLimit(block, CoefficientOrder.ZIGZAG, keep));
    Node y = Node.of("y", limited, List.of(x, w.result()), Location.UNKNOWN);
    return new Graph("pass_on", List.of(x), List.of(w, y), List.of(new Graph.Output("y", y.result())));
  }

  /** For each channel the energy of what the graph's output lacks of its input. */
  private static List<Double> droppedEnergy(Graph graph, long seed) {
    SequencedMap<String, Tensor> inputs = SeededInputs.of(graph, seed);
    double[] input = inputs.firstEntry().getValue().toDoubles();
    Value last = graph.outputs().getFirst().value();
    double[] output = Interpreter.trace(graph, inputs).get(last.name()).values();
    int channels = last.type().shape().dim(1);
    List<Double> dropped = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      double energy = 0;
      for (int i = c * input.length / channels; i < (c + 1) * input.length / channels; i++) {
        energy += (input[i] - output[i]) * (input[i] - output[i]);
      }
      dropped.add(energy);
    }
    return dropped;
  }

  @Property(tries = 50)
  void everyPassTwiceIsThePassOnce(@ForAll long seed) {
    Graph graph = RandomNetwork.withBands(seed);
    for (Pipeline.Step step : WRAP.then(SIMPLIFY).then(COMPACT).steps()) {
      graph = run(Pipeline.of(step.pass()), graph);
      assertThat(step.pass().rewrite(graph, PassContext.of(Machines.AVX512)).isEmpty()).as(step.pass().name()).isTrue();
      assertThat(run(Pipeline.of(step.pass()), graph)).isEqualTo(graph);
    }
  }

  private static Graph run(Pipeline pipeline, Graph graph) {
    return run(pipeline, graph, Machines.AVX512);
  }

  private static Graph run(Pipeline pipeline, Graph graph, Machine machine) {
    return PassManager.verifying().run(pipeline, graph, PassContext.of(machine));
  }

  private static long transformedChannels(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> node.op() instanceof Dct || node.op() instanceof Idct)
        .mapToLong(node -> node.type().shape().dim(1))
        .sum();
  }

  /** Compares outputs before they are rounded to single precision. */
  private static void assertSame(Graph result, Graph expected, long seed) {
    SequencedMap<String, Tensor> inputs = SeededInputs.of(expected, seed);
    SequencedMap<String, Numbers> found = Interpreter.trace(result, inputs);
    SequencedMap<String, Numbers> wanted = Interpreter.trace(expected, inputs);
    for (int i = 0; i < expected.outputs().size(); i++) {
      Numbers output = found.get(result.outputs().get(i).value().name());
      Difference difference = Difference.between(output, wanted.get(expected.outputs().get(i).value().name()));
      assertThat(difference.isWithin(ROUNDING)).as("%s in %s", difference, result.outputs().get(i).name()).isTrue();
    }
  }
}
