package dev.lowpass.codegen.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
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
    return IrText.parseAll(GRAPHS, "SharesTest").stream()
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
      List<float[]> expected = bench.outputs();
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
      assertThat(bench.outputs()).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  private static final String GRAPHS =
      """
      graph @block(%x: f32[2, 24, 56, 28]) -> (%y) {
        %w1 = constant f32[40, 24] random(seed = 1)
        %w2 = constant f32[40, 3, 3] random(seed = 2)
        %w3 = constant f32[24, 40] random(seed = 3)
        %e = pointwise %x, %w1
        %r = clip %e {min = 0.0, max = 6.0}
        %d = depthwise %r, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %c = clip %d {min = 0.0, max = 6.0}
        %p = pointwise %c, %w3
        %y = add %p, %x
      }

      graph @stem(%x: f32[1, 3, 64, 64]) -> (%y) {
        %w = constant f32[20, 3, 3, 3] random(seed = 1)
        %b = constant f32[20] random(seed = 2)
        %w2 = constant f32[20, 3, 3] random(seed = 3)
        %w3 = constant f32[16, 20] random(seed = 4)
        %c = convolution %x, %w, %b {kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1]}
        %r = relu %c
        %d = depthwise %r, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %e = relu %d
        %y = pointwise %e, %w3
      }

      graph @spectralDepthwise(%x: f32[1, 64, 14, 14]) -> (%y) {
        %w1 = constant f32[200, 64] random(seed = 1)
        %w2 = constant f32[200, 3, 3] random(seed = 2)
        %w3 = constant f32[64, 200] random(seed = 3)
        %f = dct %x {block = 7x7, order = zigzag, keep = [49*40, 20*24]}
        %e = pointwise %f, %w1
        %s = idct %e
        %r = clip %s {min = 0.0, max = 6.0}
        %d = depthwise %r, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %c = clip %d {min = 0.0, max = 6.0}
        %g = dct %c {block = 7x7, order = zigzag, keep = [49*50, 25*100, 4*50]}
        %p = pointwise %g, %w3 {block = 7x7, order = zigzag, keep = [49*50, 25*100, 4*50]}
        %y = idct %p
      }

      graph @classifier(%x: f32[1, 320, 7, 7]) -> (%y) {
        %w1 = constant f32[1280, 320] random(seed = 1)
        %w2 = constant f32[1000, 1280] random(seed = 2)
        %p = pointwise %x, %w1
        %r = relu %p
        %g = global_average_pool %r
        %c = pointwise %g, %w2
        %f = reshape %c {shape = [1, 1000]}
        %y = softmax %f {axis = 1}
      }

      graph @lowpassedClassifier(%x: f32[2, 40, 7, 7]) -> (%y) {
        %w1 = constant f32[200, 40] random(seed = 1)
        %f = dct %x {block = 7x7, order = zigzag, keep = [20*8, 7*32]}
        %p = pointwise %f, %w1
        %s = idct %p
        %r = clip %s {min = 0.0, max = 6.0}
        %y = global_average_pool %r
      }

      graph @small(%x: f32[1, 8, 4, 4]) -> (%y) {
        %w = constant f32[8, 8] random(seed = 1)
        %y = pointwise %x, %w
      }
      """;
}
