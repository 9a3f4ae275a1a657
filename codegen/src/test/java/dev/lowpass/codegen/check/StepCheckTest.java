package dev.lowpass.codegen.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.codegen.cpu.CpuEmitter;
import dev.lowpass.codegen.cpu.SearchSpace;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.KernelFiles;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.MemoryPlan;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that is right passes; what is wrong is found at the step where it is. */
class StepCheckTest {
  private static final int WORKERS = 2;

  private static final String LAYERS =
      """
      graph @layers(%x: f32[1, 32, 14, 14]) -> (%y) {
        %w1 = constant f32[48, 32] random(seed = 1)
        %w2 = constant f32[48, 3, 3] random(seed = 2)
        %w3 = constant f32[24, 48] random(seed = 3)
        %w4 = constant f32[20, 24] random(seed = 4)
        %a = pointwise %x, %w1 loc("expand")
        %b = relu %a
        %c = depthwise %b, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]} loc("depthwise")
        %d = dct %c {block = 7x7, order = zigzag, keep = [49*20, 9*28]}
        %e = pointwise %d, %w3 loc("project")
        %f = idct %e loc("back")
        %g = relu %f
        %y = pointwise %g, %w4 loc("last")
      }
      """;

  private static Plan plan(Graph graph) {
    return Lowering.lower(graph, BuiltLibrary.HOST.machine());
  }

  private static Workbench bench(Plan plan) {
    SearchSpace space = new SearchSpace(BuiltLibrary.HOST.machine());
    Library library =
        CpuEmitter.emit(plan, BuiltLibrary.HOST.machine(), plan.steps().stream().map(space::builtIn).toList());
    return BuiltLibrary.bench(plan, 1, library, BuiltLibrary.HOST, WORKERS);
  }

  private static void check(Graph graph, Plan plan) {
    try (Workbench bench = bench(plan)) {
      StepCheck.run(graph, bench, SeededInputs.of(graph, 1), WORKERS);
    }
  }

  /** Compiles one text and compares with another. */
  private static void check(String compiled, String expected) {
    check(IrText.parse(expected, "expected.ir"), plan(IrText.parse(compiled, "compiled.ir")));
  }

  @Test
  void whatIsRightPassesAndGivesTheOutputs() {
    Graph graph = IrText.parse(LAYERS, "layers.ir");
    try (Workbench bench = bench(plan(graph))) {
      Map<String, Tensor> outputs = StepCheck.run(graph, bench, SeededInputs.of(graph, 1), WORKERS);
      assertThat(outputs.get("y").floats()).isEqualTo(bench.outputs().getFirst().floats());
    }
  }

  /** The last layer is wrong as well, of course; the first is named. */
  @ParameterizedTest
  @ValueSource(strings = {"seed = 2, expand + depthwise", "seed = 3, project", "seed = 4, last"})
  void theFirstStepThatDiffersIsNamed(String wrong) {
    String seed = wrong.split(", ")[0];
    String layer = wrong.split(", ")[1];
    assertThatThrownBy(() -> check(LAYERS, LAYERS.replace(seed, seed + "7")))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP4020 " + layer + ": step ")
        .hasMessageContaining("more than 1e-05");
  }

  /** One weight of ten thousand, changed by a thousandth of the largest. */
  @Test
  void oneSlightlyWrongWeightIsEnough() {
    String right =
        """
        graph @one(%x: f32[1, 2, 3, 3]) -> (%y) {
          %w = constant f32[2, 2] [1.0, -0.5, 0.25, 1.0]
          %y = pointwise %x, %w
        }
        """;
    assertThatNoException().isThrownBy(() -> check(right, right));
    assertThatThrownBy(() -> check(right, right.replace("0.25", "0.2501"))).hasMessageStartingWith("LP4020 y: ");
  }

  @Test
  void coefficientsThatShouldBeZeroAreSeen() {
    String graph =
        """
        graph @cut(%x: f32[1, 3, 8, 8]) -> (%y) {
          %f = dct %x {block = 4x4, order = zigzag, keep = [16, 9, 4]} loc("forward")
          %y = idct %f
        }
        """;
    assertThatNoException().isThrownBy(() -> check(graph, graph));
    assertThatThrownBy(() -> check(graph, graph.replace("[16, 9, 4]", "[16, 8, 4]"))).hasMessageStartingWith("LP4020 forward: ");
  }

  /** Where two values that live at once share memory, each step is right by itself, but for what it finds. */
  @Test
  void valuesThatShareMemoryAreSeen() {
    Graph graph = KernelFiles.graph("layers.lpt", "two_layers");
    Plan right = plan(graph);
    assertThatNoException().isThrownBy(() -> check(graph, right));
    Map<Slot, Long> offsets = new LinkedHashMap<>(right.memory().offsets());
    offsets.replaceAll((_, _) -> 0L);
    MemoryPlan memory = right.memory();
    MemoryPlan shared = new MemoryPlan(offsets, memory.bytes(), memory.largestLiveBytes(), memory.lives());
    Plan wrong = new Plan(right.name(), right.inputs(), right.outputs(), right.steps(), right.views(), shared);
    assertThatThrownBy(() -> check(graph, wrong)).hasMessageStartingWith("LP4020 ");
  }

  /** A step that comes before what it reads finds poison there. */
  @Test
  void aWrongOrderIsSeen() {
    Graph graph = KernelFiles.graph("layers.lpt", "two_layers");
    Plan right = plan(graph);
    List<Step> steps = new ArrayList<>(right.steps());
    int last = steps.size() - 1;
    Collections.swap(steps, last - 1, last);
    Plan wrong = new Plan(right.name(), right.inputs(), right.outputs(), steps, right.views(), right.memory());
    assertThatThrownBy(() -> check(graph, wrong)).isInstanceOf(RuntimeException.class);
  }

  /** Rounding moves results of these by much more than a hundred thousandth of their range; that is not the code's fault. */
  @Test
  void illConditionedStepsPass() {
    String graph =
        """
        graph @edges(%x: f32[1, 16, 16, 16]) -> (%a, %b, %c) {
          %w = constant f32[16, 16] random(seed = 1)
          %p = pointwise %x, %w
          %k = constant f32[] [30000.0]
          %l = mul %p, %k
          %a = floor %l
          %m = constant f32[] [3.0]
          %s = mul %x, %m
          %t = exp %s
          %u = exp %t
          %b = log %u
          %z = neg %b
          %c = sqrt %z
        }
        """;
    assertThatNoException().isThrownBy(() -> check(graph, graph));
  }
}
