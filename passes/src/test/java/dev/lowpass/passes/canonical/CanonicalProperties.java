package dev.lowpass.passes.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Pipeline;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The passes may run in any order, any of them missing: the numbers stay, to single precision of folded weights. */
class CanonicalProperties {
  private static final double TOLERANCE = 1e-5;

  /** Every disguise once, one behind the other. */
  private static final Graph DISGUISED =
      IrText.parse(
          """
          graph @disguised(%x: f32[2, 4, 7, 7]) -> (%z) {
            %w1 = constant f32[8, 4, 1, 1] random(seed = 1)
            %w2 = constant f32[8, 1, 3, 3] random(seed = 2)
            %w3 = constant f32[4, 8, 1, 1] random(seed = 3)
            %w4 = constant f32[4, 4, 1, 1] random(seed = 4)
            %w5 = constant f32[4, 10] random(seed = 5)
            %b3 = constant f32[1, 4, 1, 1] random(seed = 6)
            %b5 = constant f32[10] random(seed = 7)
            %p8 = constant f32[8] [1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5]
            %p4 = constant f32[4] [1.0, 1.5, 2.0, 2.5]
            %three = constant f32[] [3.0]
            %half = constant f32[] [0.5]
            %six = constant f32[] [6.0]
            %sixth = div %half, %three
            %c1 = convolution %x, %w1 {kernel = [1, 1]}
            %n1 = batch_normalization %c1, %p8, %p8, %p8, %p8 {epsilon = 1.0e-5}
            %r1 = relu %n1
            %a1 = min %r1, %six
            %d1 = pad %a1 {pads = [0, 0, 1, 1, 0, 0, 1, 1], value = 0.0}
            %c2 = convolution %d1, %w2 {kernel = [3, 3], groups = 8}
            %n2 = batch_normalization %c2, %p8, %p8, %p8, %p8 {epsilon = 1.0e-5}
            %h1 = add %n2, %three
            %h2 = clip %h1 {min = 0.0, max = 6.0}
            %h3 = mul %n2, %h2
            %a2 = mul %h3, %sixth
            %c3 = convolution %a2, %w3 {kernel = [1, 1]}
            %n3 = add %c3, %b3
            %s = add %n3, %x
            %n4 = batch_normalization %s, %p4, %p4, %p4, %p4 {epsilon = 1.0e-5}
            %c4 = convolution %n4, %w4 {kernel = [1, 1], strides = [2, 2]}
            %t1 = transpose %c4 {permutation = [0, 2, 3, 1]}
            %t2 = transpose %t1 {permutation = [0, 3, 1, 2]}
            %g = average_pool %t2 {kernel = [4, 4]}
            %f = reshape %g {shape = [2, 4]}
            %m = matmul %f, %w5
            %z = add %m, %b5
          }
          """,
          "disguised");

  private static Graph run(Pipeline pipeline) {
    return PassManager.verifying().run(pipeline, DISGUISED, PassContext.of(Machines.AVX512));
  }

  private static void assertSame(Graph result) {
    Difference difference =
        Difference.between(
            Interpreter.run(result, SeededInputs.of(result, 1)).get("z"),
            Interpreter.run(DISGUISED, SeededInputs.of(DISGUISED, 1)).get("z"));
    assertThat(difference.isWithin(TOLERANCE)).as(difference.toString()).isTrue();
  }

  @Provide
  Arbitrary<List<Pipeline.Step>> anyOrder() {
    return Arbitraries.shuffle(Pipelines.canonical().steps());
  }

  @Provide
  Arbitrary<List<Pipeline.Step>> anySubset() {
    return Arbitraries.subsetOf(Pipelines.canonical().steps()).map(List::copyOf);
  }

  @Property(tries = 50)
  void anyOrderIsRight(@ForAll("anyOrder") List<Pipeline.Step> steps) {
    assertSame(run(new Pipeline(steps)));
  }

  @Property(tries = 50)
  void anySubsetIsRight(@ForAll("anySubset") List<Pipeline.Step> steps) {
    assertSame(run(new Pipeline(steps)));
  }

  @Example
  void allTogetherLeaveNoDisguise() {
    Graph canonical = run(Pipelines.canonical());
    List<String> operators =
        canonical.nodes().stream().map(node -> node.op().mnemonic()).filter(word -> !word.equals("constant")).toList();
    assertThat(operators)
        .containsExactly(
            "pointwise", "clip", "depthwise", "hard_swish", "pointwise", "add", "mul", "add", "slice", "pointwise",
            "global_average_pool", "pointwise", "reshape");
    assertSame(canonical);
  }

  @Example
  void twiceIsOnce() {
    Graph once = run(Pipelines.canonical());
    assertThat(PassManager.verifying().run(Pipelines.canonical(), once, PassContext.of(Machines.AVX512))).isEqualTo(once);
  }
}
