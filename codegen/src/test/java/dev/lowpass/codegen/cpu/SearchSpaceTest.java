package dev.lowpass.codegen.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever a search may choose computes the same: every choice around the built-in one, on one worker and on two. */
class SearchSpaceTest {
  private static final double TOLERANCE = 1e-5;
  private static final int MOST_WORKERS = 2;

  @TestFactory
  Stream<DynamicTest> allChoicesComputeTheSame() {
    return IrText.parseAll(GRAPHS, "SearchSpaceTest").stream()
        .map(
            graph ->
                DynamicTest.dynamicTest(
                    graph.name(), () -> check(graph, CpuTarget.ofThisMachine(), Breadth.MANY)));
  }

  @TestFactory
  Stream<DynamicTest> theNearestComputeTheSameOnASmallerTarget() {
    return IrText.parseAll(GRAPHS, "SearchSpaceTest").stream()
        .map(
            graph ->
                DynamicTest.dynamicTest(
                    graph.name(), () -> check(graph, CpuTarget.X86_64_V3, Breadth.FEW)));
  }

  private void check(Graph graph, CpuTarget target, Breadth breadth) {
    Plan plan = Lowering.lower(graph, target.machine());
    List<List<Choice>> variants = variants(plan, new SearchSpace(target.machine()), breadth);
    assertThat(variants).hasSizeGreaterThan(3);
    Library library = CpuEmitter.emitVariants(plan, target.machine(), variants);
    Map<String, Tensor> inputs = SeededInputs.of(graph, 5);
    Map<String, Tensor> expected = Interpreter.run(graph, inputs);

    try (LoadedPlan loaded = new LoadedPlan(plan, library, target, MOST_WORKERS)) {
      loaded.fill(inputs);
      for (int workers = 1; workers <= MOST_WORKERS; workers++) {
        for (int v = 0; v < variants.size(); v++) {
          loaded.poison();
          loaded.run(workers, v * plan.steps().size(), (v + 1) * plan.steps().size());
          for (int i = 0; i < plan.outputs().size(); i++) {
            Tensor reference = expected.get(plan.outputs().get(i).name());
            Tensor computed = Tensor.of(loaded.outputs().get(i), reference.shape());
            Difference difference = Difference.between(computed, reference);
            assertThat(difference.isWithin(TOLERANCE))
                .as("%s on %d workers: %s", variants.get(v), workers, difference)
                .isTrue();
          }
        }
      }
    }
  }

  /** The choice for a product that reads {@code function} of a map. */
  private static Choice builtIn(CpuTarget target, String function, int channels, int outputs) {
    return new SearchSpace(target.machine()).builtIn(product(function, channels, outputs));
  }

  private static Step product(String function, int channels, int outputs) {
    return productOfR("%r = " + function, channels, outputs);
  }

  /** A product that reads the means of {@code function} of a map. */
  private static Step classifier(String function, int channels, int outputs) {
    return productOfR("%m = " + function + "\n%r = global_average_pool %m", channels, outputs);
  }

  private static Step productOfR(String statements, int channels, int outputs) {
    String graph =
        """
        graph @product(%%x: f32[1, %1$d, 14, 14]) -> (%%y) {
          %3$s
          %%w = constant f32[%2$d, %1$d] random(seed = 1)
          %%y = pointwise %%r, %%w
        }
        """
            .formatted(channels, outputs, statements);
    return Lowering.lower(IrText.parse(graph, "product"), Machines.AVX512).steps().stream()
        .filter(step -> step instanceof ProductStep)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void projectionsBehindAClipSkipZeros() {
    String clip = "clip %x {min = 0.0, max = 6.0}";
    for (CpuTarget target : List.of(CpuTarget.X86_64_V3, CpuTarget.X86_64_V4)) {
      Machine machine = target.machine();
      Choice projection = builtIn(target, clip, 384, 64);
      assertThat(projection.of(Knob.SKIP)).isEqualTo(1);
      assertThat(projection.of(Knob.VECTORS)).isEqualTo(machine.skipping().vectors(4));
      assertThat(projection.of(Knob.ROWS)).isEqualTo(machine.skipping().rows(projection.of(Knob.VECTORS)));
      assertThat(builtIn(target, "relu %x", 64, 384).of(Knob.SKIP)).as("an expansion").isZero();
      assertThat(builtIn(target, "sigmoid %x", 384, 64).values()).as("no zeros").doesNotContainKey(Knob.SKIP);
      assertThat(builtIn(target, clip, 392, 64).values()).as("part of a slab").doesNotContainKey(Knob.SKIP);
    }
    assertThat(builtIn(CpuTarget.X86_64_V2, clip, 384, 64).values()).as("no way to").doesNotContainKey(Knob.SKIP);
  }

  @Test
  void zerosAreSkippedWithATileOfItsOwn() {
    for (CpuTarget target : List.of(CpuTarget.X86_64_V3, CpuTarget.X86_64_V4)) {
      Machine machine = target.machine();
      SearchSpace space = new SearchSpace(machine);
      Step step = product("relu %x", 384, 64);
      Choice skipping = space.builtIn(step);
      List<Choice> around = space.around(step, skipping, Breadth.MANY);
      List<Choice> dense = around.stream().filter(choice -> choice.of(Knob.SKIP) == 0).toList();
      assertThat(dense).hasSize(1);
      assertThat(dense.getFirst().of(Knob.ROWS)).isEqualTo(machine.tile().rows());
      assertThat(dense.getFirst().of(Knob.VECTORS)).isEqualTo(machine.tile().vectors());
      assertThat(space.around(step, dense.getFirst(), Breadth.FEW)).contains(skipping);
      assertThat(around).filteredOn(choice -> choice.of(Knob.SKIP) == 1).allSatisfy(
          choice -> assertThat(choice.differences(skipping)).isSubsetOf(Knob.TASKS, Knob.SPLIT));
    }
  }

  @Test
  void oneRowSkipsZerosWhereItsWeightsComeFromAfar() {
    for (CpuTarget target : List.of(CpuTarget.X86_64_V3, CpuTarget.X86_64_V4)) {
      SearchSpace space = new SearchSpace(target.machine());
      Step step = classifier("relu %x", 384, 64);
      Choice skipping = space.builtIn(step);
      assertThat(skipping.of(Knob.SKIP)).isEqualTo(1);
      assertThat(space.around(step, skipping, Breadth.MANY)).containsExactly(skipping.with(Knob.SKIP, 0));
      assertThat(space.builtIn(classifier("relu %x", 64, 64)).of(Knob.SKIP)).as("weights that stay near").isZero();
      assertThat(space.builtIn(classifier("sigmoid %x", 384, 64)).values()).doesNotContainKey(Knob.SKIP);
    }
  }

  /** The built-in choices, then one variant after the other in which every step has its next alternative. */
  private static List<List<Choice>> variants(Plan plan, SearchSpace space, Breadth breadth) {
    List<List<Choice>> variants = new ArrayList<>();
    variants.add(plan.steps().stream().map(space::builtIn).toList());
    for (int i = 0; ; i++) {
      List<Choice> variant = new ArrayList<>();
      for (Step step : plan.steps()) {
        List<Choice> around = space.around(step, space.builtIn(step), breadth);
        variant.add(i < around.size() ? around.get(i) : space.builtIn(step));
      }
      if (variant.equals(variants.getFirst())) {
        return variants;
      }
      variants.add(variant);
    }
  }

  private static final String GRAPHS =
      """
      graph @stem(%x: f32[1, 3, 40, 29]) -> (%y) {
        %w = constant f32[67, 3, 3, 3] random(seed = 1)
        %y = convolution %x, %w {kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1]}
      }

      graph @block(%x: f32[1, 20, 30, 28]) -> (%y) {
        %w1 = constant f32[70, 20] random(seed = 1)
        %w2 = constant f32[70, 3, 3] random(seed = 2)
        %w3 = constant f32[20, 70] random(seed = 3)
        %e = pointwise %x, %w1
        %r = clip %e {min = 0.0, max = 6.0}
        %d = depthwise %r, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %p = pointwise %d, %w3
        %y = add %p, %x
      }

      graph @head(%x: f32[1, 3, 58, 56]) -> (%y) {
        %w1 = constant f32[24, 3, 3, 3] random(seed = 1)
        %w2 = constant f32[24, 3, 3] random(seed = 2)
        %w3 = constant f32[20, 24] random(seed = 3)
        %c = convolution %x, %w1 {kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1]}
        %r = clip %c {min = 0.0, max = 6.0}
        %d = depthwise %r, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %y = pointwise %d, %w3
      }

      graph @narrow(%x: f32[1, 24, 9, 7]) -> (%p, %y) {
        %w1 = constant f32[100, 24] random(seed = 1)
        %w2 = constant f32[100, 3, 3] random(seed = 2)
        %w3 = constant f32[50, 100] random(seed = 3)
        %e = pointwise %x, %w1
        %r = clip %e {min = 0.0, max = 6.0}
        %d = depthwise %r, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %p = pointwise %d, %w3
        %w4 = constant f32[210, 50] random(seed = 4)
        %g = global_average_pool %p
        %y = pointwise %g, %w4
      }

      graph @mean(%x: f32[2, 40, 9, 7]) -> (%y) {
        %w = constant f32[70, 40] random(seed = 1)
        %p = pointwise %x, %w
        %r = relu %p
        %y = global_average_pool %r
      }

      graph @halves(%x: f32[2, 64, 10, 6]) -> (%y) {
        %w1 = constant f32[128, 64] random(seed = 1)
        %b1 = constant f32[128] random(seed = 5)
        %w2 = constant f32[128, 3, 3] random(seed = 2)
        %w3 = constant f32[64, 128] random(seed = 3)
        %b3 = constant f32[64] random(seed = 6)
        %e = pointwise %x, %w1, %b1
        %r = clip %e {min = 0.0, max = 6.0}
        %d = depthwise %r, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %p = pointwise %d, %w3, %b3
        %y = add %p, %x
      }

      graph @zeros(%x: f32[1, 128, 10, 7]) -> (%y, %z) {
        %w1 = constant f32[128, 3, 3] random(seed = 1)
        %w2 = constant f32[56, 128] random(seed = 2)
        %w3 = constant f32[144, 56] random(seed = 3)
        %d = depthwise %x, %w1 {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %c = clip %d {min = 0.0, max = 6.0}
        %y = pointwise %c, %w2
        %r = relu %y
        %z = pointwise %r, %w3
      }

      graph @spectral(%x: f32[1, 33, 14, 14]) -> (%y) {
        %w1 = constant f32[70, 33] random(seed = 1)
        %w2 = constant f32[70, 3, 3] random(seed = 2)
        %w3 = constant f32[68, 70] random(seed = 3)
        %f = dct %x {block = 7x7, order = zigzag, keep = [49*8, 30*12, 7*13]}
        %e = pointwise %f, %w1
        %s = idct %e
        %r = clip %s {min = 0.0, max = 6.0}
        %d = depthwise %r, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %b = dct %d {block = 7x7, order = zigzag, keep = [49*10, 25*40, 3*20]}
        %p = pointwise %b, %w3
        %y = idct %p
      }
      """;
}
