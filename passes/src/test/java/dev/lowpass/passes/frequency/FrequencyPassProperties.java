package dev.lowpass.passes.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.Node;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.Numbers;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Pipeline;
import java.util.Map;
import java.util.SequencedMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

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
    return PassManager.verifying().run(pipeline, graph, PassContext.of(Machines.AVX512));
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
