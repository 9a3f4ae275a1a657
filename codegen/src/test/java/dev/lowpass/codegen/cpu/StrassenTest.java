package dev.lowpass.codegen.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.codegen.build.RunsHere;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.KernelFiles;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
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
                KernelFiles.graphs("halves.lpt").stream()
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
      return largest(bench.outputs().getFirst().floats(), expected.floats());
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
    for (Graph graph : KernelFiles.graphs("halves.lpt")) {
      Step step =
          Lowering.lower(graph, target.machine()).steps().stream()
              .filter(s -> space.builtIn(s).values().containsKey(Knob.STRASSEN))
              .findFirst()
              .orElseThrow();
      chosen.add(space.builtIn(step).of(Knob.STRASSEN));
    }
    assertThat(chosen).containsExactly(1, 0, 1, 1);
  }
}
