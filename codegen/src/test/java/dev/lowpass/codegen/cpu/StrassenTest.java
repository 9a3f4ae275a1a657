package dev.lowpass.codegen.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.codegen.build.RunsHere;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Products of halves are the products, with errors not much larger; {@link SearchSpaceTest} tries more choices. */
class StrassenTest {
  /** Of the largest error, relative to the root mean square of what is computed. */
  private static final double TOLERANCE = 2e-5;

  /** How much larger the largest error may be than an ordinary product's. */
  private static final double MOST_GROWTH = 6;

  @TestFactory
  Stream<DynamicTest> errorsStaySmall() {
    return Stream.of(CpuTarget.ofThisMachine(), CpuTarget.X86_64_V3)
        .flatMap(
            target ->
                IrText.parseAll(GRAPHS, "StrassenTest").stream()
                    .map(
                        graph ->
                            DynamicTest.dynamicTest(
                                graph.name() + " on " + target.name(), () -> assertErrorsStaySmall(graph, target))));
  }

  private void assertErrorsStaySmall(Graph graph, CpuTarget target) {
    RunsHere.assume(target);
    for (int workers = 1; workers <= 2; workers++) {
      double ordinary = error(graph, target, 0, workers);
      double strassen = error(graph, target, 1, workers);
      assertThat(strassen)
          .as("largest error on %d workers, %s of an ordinary product's", workers, strassen / ordinary)
          .isLessThan(TOLERANCE)
          .isLessThan(MOST_GROWTH * ordinary)
          .isNotEqualTo(ordinary);
    }
  }

  /** The largest error relative to the root mean square. */
  private double error(Graph graph, CpuTarget target, int strassen, int workers) {
    Plan plan = Lowering.lower(graph, target.machine());
    SearchSpace space = new SearchSpace(target.machine());
    List<Choice> choices = plan.steps().stream().map(step -> with(space.builtIn(step), strassen)).toList();
    Library library = CpuEmitter.emit(plan, target.machine(), choices);
    Map<String, Tensor> inputs = SeededInputs.of(graph, 5);
    Tensor expected = Interpreter.run(graph, inputs).values().iterator().next();
    try (Workbench bench = BuiltLibrary.bench(plan, 1, library, target, workers)) {
      bench.fill(inputs);
      bench.poison();
      bench.main(workers);
      return largest(bench.outputs().getFirst(), expected.floats());
    }
  }

  private static Choice with(Choice builtIn, int strassen) {
    return builtIn.values().containsKey(Knob.STRASSEN) ? builtIn.with(Knob.STRASSEN, strassen) : builtIn;
  }

  private static double largest(float[] computed, float[] expected) {
    double largest = 0;
    double squares = 0;
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs((double) computed[i] - expected[i]);
      largest = error <= largest ? largest : error;
      squares += (double) expected[i] * expected[i];
    }
    return largest / Math.sqrt(squares / expected.length);
  }

  @Test
  void largeProductsAreMadeOfHalvesAndSmallOnesAreNot() {
    CpuTarget target = CpuTarget.X86_64_V3;
    SearchSpace space = new SearchSpace(target.machine());
    List<Integer> chosen = new ArrayList<>();
    for (Graph graph : IrText.parseAll(GRAPHS, "StrassenTest")) {
      Step step =
          Lowering.lower(graph, target.machine()).steps().stream()
              .filter(s -> space.builtIn(s).values().containsKey(Knob.STRASSEN))
              .findFirst()
              .orElseThrow();
      chosen.add(space.builtIn(step).of(Knob.STRASSEN));
    }
    assertThat(chosen).containsExactly(1, 0, 1);
  }

  private static final String GRAPHS =
      """
      graph @expansion(%x: f32[1, 384, 12, 12]) -> (%y) {
        %w1 = constant f32[384, 384] random(seed = 1)
        %b1 = constant f32[384] random(seed = 2)
        %w2 = constant f32[384, 3, 3] random(seed = 3)
        %e = pointwise %x, %w1, %b1
        %r = relu %e
        %y = depthwise %r, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
      }

      graph @residual(%x: f32[2, 64, 6, 5]) -> (%y) {
        %w1 = constant f32[64, 64] random(seed = 1)
        %p = pointwise %x, %w1
        %a = add %p, %x
        %y = relu %a
      }

      graph @strips(%x: f32[1, 96, 26, 20]) -> (%y) {
        %w1 = constant f32[192, 96] random(seed = 1)
        %w2 = constant f32[192, 3, 3] random(seed = 2)
        %e = pointwise %x, %w1
        %r = clip %e {min = 0.0, max = 6.0}
        %y = depthwise %r, %w2 {kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1]}
      }
      """;
}
