package dev.lowpass.codegen.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.KernelFiles;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.tvm.ArgumentList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** All workers' shares of every step, one after the other on one thread, do what the step does: to the last bit. */
class SharesTest {
  private static final int WORKERS = 3;

  @TestFactory
  Stream<DynamicTest> sharesMakeUpSteps() {
    return KernelFiles.graphs("shares.lpt").stream()
        .map(graph -> DynamicTest.dynamicTest(graph.name(), () -> assertSharesMakeUpSteps(graph)));
  }

  private void assertSharesMakeUpSteps(Graph graph) {
    CpuTarget target = CpuTarget.ofThisMachine();
    Plan plan = Lowering.lower(graph, target.machine());
    SearchSpace space = new SearchSpace(target.machine());
    Library library = CpuEmitter.emit(plan, target.machine(), plan.steps().stream().map(space::builtIn).toList());
    try (Workbench bench = BuiltLibrary.bench(plan, 1, library, target, WORKERS)) {
      bench.fill(SeededInputs.of(graph, 7));
      bench.poison();
      bench.main(WORKERS);
      List<Tensor> expected = bench.outputs();
      bench.poison();
      ArgumentList call = bench.call("lowpass_share", WORKERS, 0, 0, 0);
      for (int step = 0; step < plan.steps().size(); step++) {
        for (int phase = 0; phase < Manifest.MOST_PHASES; phase++) {
          for (int worker = WORKERS - 1; worker >= 0; worker--) {
            call.set(0, step);
            call.set(1, phase);
            call.set(2, worker);
            call.call();
          }
        }
      }
      assertThat(bench.outputs()).isEqualTo(expected);
    }
  }
}
