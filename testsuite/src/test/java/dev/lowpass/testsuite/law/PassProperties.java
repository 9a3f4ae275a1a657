package dev.lowpass.testsuite.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.PassCatalog;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Pipeline;
import dev.lowpass.testsuite.law.MobileGraph.Keep;
import dev.lowpass.testsuite.law.MobileGraph.Recipe;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What passes may and may not change, on generated networks. */
class PassProperties {
  /** Constants are folded in single precision. */
  private static final double TOLERANCE = 1e-5;

  /** Without the cost decision, which would leave such small layers dense. */
  private static final Pipeline ALL_LAYERS = Pipelines.standard().without("choose-forms");

  @Provide
  Arbitrary<Recipe> recipes() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3), Arbitraries.of(Keep.class), Arbitraries.longs())
        .as(Recipe::new);
  }

  @Provide
  Arbitrary<String> passes() {
    return Arbitraries.of(PassCatalog.entries().stream().map(PassCatalog.Entry::name).toList());
  }

  @Property(tries = 60)
  void thePipelineAppliedTwiceIsThePipelineAppliedOnce(@ForAll("recipes") Recipe recipe) {
    assertAppliedOnce(Pipelines.standard(), MobileGraph.of(recipe));
    assertAppliedOnce(ALL_LAYERS, MobileGraph.of(recipe));
  }

  private static void assertAppliedOnce(Pipeline pipeline, Graph graph) {
    Graph once = run(pipeline, graph);
    assertThat(IrText.print(run(pipeline, once))).isEqualTo(IrText.print(once));
  }

  @Property(tries = 100)
  void fullBandsAreTheUnprunedModel(@ForAll("recipes") Recipe recipe) {
    Graph lowpassed = run(ALL_LAYERS, MobileGraph.of(recipe.with(Keep.FULL)));
    assertThat(lowpassed.nodes()).as("layers in the frequency domain").anyMatch(node -> !node.type().isSpatial());
    assertSame(lowpassed, MobileGraph.of(recipe.with(Keep.DENSE)));
  }

  @Property(tries = 100)
  void anyPassCanBeLeftOut(@ForAll("recipes") Recipe recipe, @ForAll("passes") String pass) {
    Graph lowpassed = run(ALL_LAYERS.without(pass), MobileGraph.of(recipe.with(Keep.FULL)));
    assertSame(lowpassed, MobileGraph.of(recipe.with(Keep.DENSE)));
  }

  @Property(tries = 100)
  void anyPassAloneKeepsTheUnprunedModel(@ForAll("recipes") Recipe recipe, @ForAll("passes") String pass) {
    Graph graph = MobileGraph.of(recipe.with(Keep.FULL));
    assertSame(run(Pipelines.parse(pass), graph), graph);
  }

  /** Wrapping is what the bands mean; compaction alone may keep more than they ask for. */
  @Property(tries = 100)
  void allElseComputesWhatTheBandsMean(@ForAll("recipes") Recipe recipe) {
    Graph graph = MobileGraph.of(recipe.with(Keep.RANDOM));
    assertSame(run(ALL_LAYERS.without("compact-bands"), graph), run(Pipelines.parse("wrap-pointwise"), graph));
  }

  @Property(tries = 100)
  void cancellingWhatWasWrappedKeepsTheMeaning(@ForAll("recipes") Recipe recipe) {
    Graph wrapped = run(Pipelines.parse("wrap-pointwise"), MobileGraph.of(recipe));
    assertSame(run(Pipelines.parse("cancel-transforms"), wrapped), wrapped);
    assertSame(run(Pipelines.parse("move-transforms,cancel-transforms"), wrapped), wrapped);
  }

  @Property(tries = 100)
  void theOrderOfChannelsChangesNothing(@ForAll("recipes") Recipe recipe) {
    Graph lowpassed = run(Pipelines.parse("wrap-pointwise,move-transforms,cancel-transforms"), MobileGraph.of(recipe));
    assertSame(run(Pipelines.parse("order-channels"), lowpassed), lowpassed);
  }

  @Property(tries = 100)
  void sharingAndTruncationKeepTheMeaning(@ForAll("recipes") Recipe recipe) {
    Graph wrapped = run(Pipelines.parse("wrap-pointwise"), MobileGraph.of(recipe));
    assertSame(run(Pipelines.parse("share-transforms,truncate-transforms"), wrapped), wrapped);
  }

  private static Graph run(Pipeline pipeline, Graph graph) {
    return PassManager.verifying().run(pipeline, graph, PassContext.of(Machines.AVX512));
  }

  private static void assertSame(Graph result, Graph expected) {
    var inputs = SeededInputs.of(expected, 11);
    var outputs = Interpreter.run(result, inputs);
    Interpreter.run(expected, inputs)
        .forEach(
            (name, tensor) -> {
              Difference difference = Difference.between(outputs.get(name), tensor);
              assertThat(difference.isWithin(TOLERANCE))
                  .as("output %s: %s%n%s%nbecame%n%s", name, difference, IrText.print(expected), IrText.print(result))
                  .isTrue();
            });
  }
}
