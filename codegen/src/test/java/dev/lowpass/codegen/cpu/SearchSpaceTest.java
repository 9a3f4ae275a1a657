package dev.lowpass.codegen.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.codegen.build.RunsHere;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.KernelFiles;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.machine.Machines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a search may choose computes the same: every choice around the built-in one, on one worker and on two. */
class SearchSpaceTest {
  private static final String CLIP = "clip %x {min = 0.0, max = 6.0}";
  private static final double TOLERANCE = 1e-5;
  private static final int MOST_WORKERS = 2;

  @TestFactory
  Stream<DynamicTest> allChoicesComputeTheSame() {
    return KernelFiles.graphs("choices.lpt").stream()
        .map(
            graph ->
                DynamicTest.dynamicTest(
                    graph.name(), () -> check(graph, CpuTarget.ofThisMachine(), Breadth.MANY)));
  }

  @TestFactory
  Stream<DynamicTest> theNearestComputeTheSameOnASmallerTarget() {
    return KernelFiles.graphs("choices.lpt").stream()
        .map(
            graph ->
                DynamicTest.dynamicTest(
                    graph.name(), () -> check(graph, CpuTarget.X86_64_V3, Breadth.FEW)));
  }

  private void check(Graph graph, CpuTarget target, Breadth breadth) {
    RunsHere.assume(target);
    Plan plan = Lowering.lower(graph, target.machine());
    List<List<Choice>> variants = variants(plan, new SearchSpace(target.machine()), breadth);
    assertThat(variants).hasSizeGreaterThan(3);
    Library library = CpuEmitter.emitVariants(plan, target.machine(), variants, new Parameters());
    Map<String, Tensor> inputs = SeededInputs.of(graph, 5);
    Map<String, Tensor> expected = Interpreter.run(graph, inputs);

    try (Workbench bench = BuiltLibrary.bench(plan, variants.size(), library, target, MOST_WORKERS)) {
      bench.fill(inputs);
      for (int workers = 1; workers <= MOST_WORKERS; workers++) {
        for (int v = 0; v < variants.size(); v++) {
          bench.poison();
          bench.run(workers, v * plan.steps().size(), (v + 1) * plan.steps().size());
          for (int i = 0; i < plan.outputs().size(); i++) {
            Tensor reference = expected.get(plan.outputs().get(i).name());
            Tensor computed = bench.outputs().get(i).reshaped(reference.shape());
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

  @ParameterizedTest
  @CsvSource({
    "x86-64-v3, 384, 64, rows=1 vectors=4 ahead=1 strassen=0 skip=1 tasks=32 split=1",
    "x86-64-v3, 384, 24, rows=3 vectors=2 ahead=1 skip=1 tasks=32 split=1",
    "x86-64-v3, 96, 16, rows=6 vectors=1 ahead=0 skip=1 tasks=32 split=1",
    "x86-64-v4, 384, 64, rows=3 vectors=4 ahead=1 strassen=0 skip=1 tasks=32 split=1",
    "x86-64-v4, 384, 24, rows=6 vectors=2 ahead=1 skip=1 tasks=32 split=1",
    "x86-64-v4, 96, 16, rows=6 vectors=1 ahead=0 skip=1 tasks=32 split=1"
  })
  void projectionsBehindAClipSkipZeros(String target, int channels, int outputs, String choice) {
    assertThat(builtIn(named(target), CLIP, channels, outputs)).hasToString(choice);
  }

  /** Expansions, products of samples that have no zeros, and of a part of a slab; and no product where there is no way. */
  @ParameterizedTest
  @CsvSource({
    "x86-64-v2, clip %x {min = 0.0; max = 6.0}, 384, 64, rows=6 vectors=1 ahead=1 strassen=0 tasks=32 split=1",
    "x86-64-v3, relu %x, 64, 384, rows=6 vectors=1 ahead=1 strassen=0 skip=0 tasks=32 split=1",
    "x86-64-v3, sigmoid %x, 384, 64, rows=6 vectors=1 ahead=1 strassen=0 tasks=32 split=1",
    "x86-64-v3, clip %x {min = 0.0; max = 6.0}, 392, 64, rows=6 vectors=1 ahead=1 tasks=32 split=1",
    "x86-64-v3, clip %x {min = 0.0; max = 6.0}, 384, 320, rows=6 vectors=1 ahead=1 strassen=1 skip=0 tasks=32 split=1",
    "x86-64-v4, relu %x, 64, 384, rows=14 vectors=2 ahead=1 strassen=0 skip=0 tasks=32 split=1",
    "x86-64-v4, sigmoid %x, 384, 64, rows=14 vectors=2 ahead=1 strassen=0 tasks=32 split=1",
    "x86-64-v4, clip %x {min = 0.0; max = 6.0}, 392, 64, rows=14 vectors=2 ahead=1 tasks=32 split=1",
    "x86-64-v4, clip %x {min = 0.0; max = 6.0}, 384, 320, rows=14 vectors=2 ahead=1 strassen=0 skip=0 tasks=32 split=1"
  })
  void othersDoNot(String target, String function, int channels, int outputs, String choice) {
    assertThat(builtIn(named(target), function.replace(';', ','), channels, outputs)).hasToString(choice);
  }

  @ParameterizedTest
  @CsvSource({
    "x86-64-v3, rows=1 vectors=4, rows=6 vectors=1",
    "x86-64-v4, rows=3 vectors=4, rows=14 vectors=2"
  })
  void zerosAreSkippedWithATileOfItsOwn(String target, String tile, String denseTile) {
    SearchSpace space = new SearchSpace(named(target).machine());
    Step step = product("relu %x", 384, 64);
    List<String> around = texts(space.around(step, space.builtIn(step), Breadth.MANY));
    String skipping = tile + " ahead=1 strassen=0 skip=1 ";
    assertThat(around)
        .containsExactly(
            denseTile + " ahead=1 strassen=0 skip=0 tasks=32 split=1",
            skipping + "tasks=32 split=0",
            skipping + "tasks=8 split=1",
            skipping + "tasks=128 split=1",
            skipping + "tasks=2 split=1",
            skipping + "tasks=16 split=1",
            skipping + "tasks=64 split=1");
    assertThat(texts(space.around(step, Choice.parse(around.getFirst()), Breadth.FEW)))
        .as("the way back")
        .contains(skipping + "tasks=32 split=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86-64-v3", "x86-64-v4"})
  void oneRowSkipsZerosWhereItsWeightsComeFromAfar(String target) {
    SearchSpace space = new SearchSpace(named(target).machine());
    Step step = classifier("relu %x", 384, 64);
    assertThat(space.builtIn(step)).hasToString("rows=1 vectors=4 ahead=1 skip=1 tasks=32 split=1");
    assertThat(texts(space.around(step, space.builtIn(step), Breadth.MANY)))
        .containsExactly("rows=1 vectors=4 ahead=1 skip=0 tasks=32 split=1");
    assertThat(space.builtIn(classifier("relu %x", 64, 64)))
        .as("weights that stay near")
        .hasToString("rows=1 vectors=4 ahead=0 skip=0 tasks=32 split=1");
    assertThat(space.builtIn(classifier("sigmoid %x", 384, 64)))
        .as("no zeros")
        .hasToString("rows=1 vectors=4 ahead=1 tasks=32 split=1");
  }

  private static List<String> texts(List<Choice> choices) {
    return choices.stream().map(Choice::toString).toList();
  }

  private static CpuTarget named(String name) {
    return CpuTarget.ALL.stream().filter(target -> target.name().equals(name)).findFirst().orElseThrow();
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
}
