package dev.lowpass.testsuite.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The targets that a user can name. */
class TargetsTest {
  /** A little of each hot kernel, with remainders. */
  private static Graph everyHotKernel() {
    Block block = new Block(7, 7);
    Sketch sketch = new Sketch("hot");
    Value x = sketch.input(1, 3, 28, 28);
    Value weight = sketch.constant(20, 3, 3, 3);
    Value stem = sketch.op(new Clip(0, 6), sketch.op(new Convolution(Window.of(3, 2, 1), 1), x, weight));
    Value spatial = sketch.op(new Clip(0, 6), sketch.pointwise(stem, 40));
    Value filtered = sketch.op(new Depthwise(Window.of(3, 1, 1)), spatial, sketch.constant(40, 3, 3));
    Value deep = sketch.op(new Clip(0, 6), filtered);
    Value wide = sketch.dct(deep, block, CoefficientOrder.ZIGZAG, sketch.fallingBands(40, 49));
    Value narrow = sketch.pointwise(wide, 24);
    Value expanded = sketch.op(new Clip(0, 6), sketch.op(new Idct(), sketch.pointwise(narrow, 33)));
    Value strided = sketch.op(new Depthwise(Window.of(3, 2, 1)), expanded, sketch.constant(33, 3, 3));
    sketch.output(sketch.op(new Idct(), narrow)).output(strided);
    return sketch.output(sketch.pointwise(sketch.op(new GlobalAveragePool(), strided), 10)).graph();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "cpu:x86-64-v3"})
  void computeTheSame(String target) {
    CompiledGraph.assertComputes(everyHotKernel(), target, 1e-5);
  }

  @Test
  void areRecordedWithTheFeaturesThatTheyNeed() {
    CompileOptions options = CompiledGraph.AS_IT_STANDS.withTarget("cpu:x86-64-v3");
    try (CompiledGraph compiled = CompiledGraph.of(everyHotKernel(), options)) {
      assertThat(compiled.compilation().manifest().target().name()).isEqualTo("cpu:x86-64-v3");
      assertThat(compiled.compilation().manifest().target().features()).contains("avx2", "fma").doesNotContain("avx512f");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "cpu:", "cpu:pentium", "cpu:x86-64-v2", "cuda:sm_70", "cuda:", "rocm"})
  void unknownOnesAreListed(String target) {
    Sketch sketch = new Sketch("empty");
    Graph graph = sketch.output(sketch.input(1)).graph();
    assertThatThrownBy(
            () -> new Compiler().compile(graph, CompiledGraph.AS_IT_STANDS.withTarget(target), Progress.silent()))
        .hasMessageStartingWith("LP4010")
        .hasMessageContaining("cpu:x86-64-v3");
  }
}
