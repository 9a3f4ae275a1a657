package dev.lowpass.testsuite.kernel;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.testsuite.law.MobileGraph;
import dev.lowpass.testsuite.law.MobileGraph.Keep;
import dev.lowpass.testsuite.law.MobileGraph.Recipe;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Generated networks through the whole pipeline, for processors with and without AVX-512. */
class CompiledNetworkProperties {
  /** The same networks in every build, so that a failure is the change's; for a soak, write another number. */
  private static final String SEED = "20261122";

  /** Through some ten layers of single precision. */
  private static final double TOLERANCE = 1e-5;

  /** Without the cost decision, which would leave such small layers dense. */
  private static final CompileOptions ALL_LAYERS =
      CompileOptions.defaults()
          .withPipeline(Pipelines.standard().without("choose-forms").toString())
          .withCheck(false);

  @Provide
  Arbitrary<Recipe> recipes() {
    return Combinators.combine(Arbitraries.integers().between(1, 2), Arbitraries.of(Keep.class), Arbitraries.longs())
        .as(Recipe::new);
  }

  @Provide
  Arbitrary<String> targets() {
    return Arbitraries.of(RunsHere.targets("cpu", "cpu:x86-64-v3"));
  }

  @Property(tries = 12, seed = SEED, shrinking = ShrinkingMode.OFF)
  void kernelsCarryOutTheFinalGraphExactly(@ForAll("recipes") Recipe recipe, @ForAll("targets") String target) {
    try (CompiledGraph compiled = CompiledGraph.of(MobileGraph.of(recipe), ALL_LAYERS.withTarget(target))) {
      compiled.assertAgrees(compiled.graph(), TOLERANCE);
    }
  }

  @Property(tries = 6, seed = SEED, shrinking = ShrinkingMode.OFF)
  void fullBandsAreTheUnprunedModel(@ForAll("recipes") Recipe recipe, @ForAll("targets") String target) {
    Graph unpruned = MobileGraph.of(recipe.with(Keep.DENSE));
    CompileOptions options = ALL_LAYERS.withTarget(target);
    try (CompiledGraph compiled = CompiledGraph.of(MobileGraph.of(recipe.with(Keep.FULL)), options)) {
      compiled.assertAgrees(unpruned, TOLERANCE);
    }
  }
}
