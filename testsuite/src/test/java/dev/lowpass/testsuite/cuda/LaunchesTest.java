package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.CompiledPlan;
import dev.lowpass.codegen.check.StepCheck;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.runtime.artifact.KernelLaunch;
import dev.lowpass.runtime.artifact.KernelLaunch.Argument;
import dev.lowpass.runtime.artifact.KernelLaunch.Extent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A workbench launches kernels on what stands in for a GPU, step by step and all together. */
class LaunchesTest {
  private static final Graph GRAPH =
      IrText.parse(
          """
          graph @two(%x: f32[4, 3]) -> (%y) {
            %a = transpose %x {permutation = [1, 0]}
            %y = softmax %a {axis = 1}
          }
          """,
          "two.ir");

  private static final String KERNELS =
      """
      __kernel void turn(__global float* restrict a, __global float* restrict x) {
        a[get_group_id(0) * 4 + get_local_id(0)] = x[get_local_id(0) * 3 + get_group_id(0)];
      }
      __kernel void powers(__global float* restrict a, __global float* restrict scale) {
        int i = get_group_id(0) * 4 + get_local_id(0);
        a[i] = exp(a[i] * scale[0]);
      }
      __kernel void share(__global float* restrict y, __global float* restrict a) {
        __local float row[4];
        int i = get_local_id(0);
        row[i] = a[get_group_id(0) * 4 + i];
        barrier(CLK_LOCAL_MEM_FENCE);
        y[get_group_id(0) * 4 + i] = row[i] / (row[0] + row[1] + row[2] + row[3]);
      }
      """;

  /** Parameters begin at multiples of as many bytes; the first is another than the scale. */
  private static final int SECOND = 64;

  private static KernelLaunch launch(int step, String kernel, String... arguments) {
    List<Argument> places = Stream.of(arguments).map(Argument::parse).toList();
    return new KernelLaunch(step, kernel, new Extent(3, 1, 1), new Extent(4, 1, 1), places);
  }

  @BeforeEach
  void find() {
    assumeTrue(new PoclDriver().lack().isEmpty(), () -> new PoclDriver().lack().orElseThrow());
  }

  /** @param scale by which the second step's input is multiplied: 1, or it is wrong */
  private static Workbench bench(float scale) {
    HandWritten unplaced = new HandWritten(KERNELS, List.of());
    Plan plan = unplaced.plan(GRAPH);
    assertThat(plan.steps()).hasSize(2);
    String between = "scratch+" + plan.memory().offsets().get(plan.steps().getFirst().output());
    Backend backend =
        new HandWritten(
            KERNELS,
            List.of(
                launch(0, "turn", between, "in0"),
                launch(1, "powers", between, "params+" + SECOND),
                launch(1, "share", "out0", between)));
    Parameters parameters = new Parameters();
    parameters.add(new float[] {-7});
    assertThat(parameters.add(new float[] {scale}) * Float.BYTES).isEqualTo(SECOND);
    Library library = backend.emit(plan, List.of(), parameters);
    return new Workbench(
        new CompiledPlan(backend, plan, 1, library, backend.build(library, Limits.usual(), _ -> {})), 1);
  }

  @Test
  void stepsComputeWhatTheInterpreterDoes() {
    Map<String, Tensor> inputs = SeededInputs.of(GRAPH, 1);
    try (Workbench bench = bench(1)) {
      Map<String, Tensor> outputs = StepCheck.run(GRAPH, bench, inputs, 1);
      assertThat(agrees(outputs.get("y"), inputs)).isTrue();
    }
  }

  @Test
  void allStepsTogetherDoTheSame() {
    Map<String, Tensor> inputs = SeededInputs.of(GRAPH, 1);
    try (Workbench bench = bench(1)) {
      bench.poison();
      bench.fill(inputs);
      bench.main(1);
      assertThat(agrees(bench.outputs().getFirst(), inputs)).isTrue();
    }
  }

  private static boolean agrees(Tensor output, Map<String, Tensor> inputs) {
    Tensor expected = Interpreter.run(GRAPH, inputs).get("y");
    return Difference.between(output.reshaped(expected.shape()), expected).isWithin(1e-6);
  }

  /** The step before it was right. */
  @Test
  void theStepThatIsWrongIsFound() {
    try (Workbench bench = bench(1.001f)) {
      assertThatThrownBy(() -> StepCheck.run(GRAPH, bench, SeededInputs.of(GRAPH, 1), 1))
          .isInstanceOf(LowpassException.class)
          .hasMessageStartingWith("LP4020 y: step 1 ");
    }
  }

  @Test
  void entriesAreOfLibrariesOnly() {
    try (Workbench bench = bench(1)) {
      assertThatThrownBy(() -> bench.call("lowpass_share", 1, 0, 0, 0)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  @SuppressWarnings("try")
  void closingTwiceIsHarmless() {
    try (Workbench bench = bench(1)) {
      bench.close();
    }
  }
}
