package dev.lowpass.testsuite.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.PrecisionChoice;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Products and convolutions in bfloat16, on processors that have instructions for it, and in every precision of tensor
 * cores, beside the interpreter, which rounds as they do. Steps by themselves agree as closely as in single precision.
 */
class RoundedKernelsTest {
  static final List<Way> WAYS =
      List.of(
          new Way("cpu:x86-64-v4+bf16", PrecisionChoice.BF16),
          new Way("cpu:x86-64-v4+amx", PrecisionChoice.BF16),
          new Way("cuda", PrecisionChoice.BF16),
          new Way("cuda", PrecisionChoice.FP16),
          new Way("cuda", PrecisionChoice.TF32));

  /** Where products multiply in what. */
  record Way(String target, PrecisionChoice choice) {
    Precision precision() {
      return choice.precision().orElseThrow();
    }
  }

  private static final Op RELU6 = new Clip(0, 6);

  private static final List<Window> WINDOWS =
      List.of(
          Window.of(3, 1, 1),
          Window.of(3, 2, 1),
          Window.of(1, 2, 0),
          Window.of(7, 2, 3),
          new Window(List.of(3, 3), List.of(2, 2), List.of(0, 0, 1, 1), Window.ONES),
          new Window(List.of(3, 3), List.of(1, 1), List.of(2, 2, 2, 2), List.of(2, 2)),
          new Window(List.of(1, 7), List.of(1, 1), List.of(0, 3, 0, 3), Window.ONES),
          new Window(List.of(3, 3), List.of(1, 2), List.of(1, 1, 1, 1), Window.ONES));

  private static CompileOptions options(Way way) {
    return CompiledGraph.AS_IT_STANDS
        .withTarget(way.target())
        .withPrecision(way.choice())
        .withPipeline("round-products,narrow-maps");
  }

  /** Compiles with rounding, and compares with what the interpreter makes of the graph that rounds. */
  private static void assertComputes(Sketch sketch, Way way) {
    RunsHere.assume(way.target());
    try (CompiledGraph compiled = CompiledGraph.of(sketch.graph(), options(way))) {
      assertThat(compiled.graph().nodes()).anyMatch(node -> isRounded(node.op(), way.precision()));
      // A sample may fall to the other of two neighbouring numbers, for instance behind a transform.
      compiled.assertAgrees(compiled.graph(), way.precision().step());
    }
  }

  private static boolean isRounded(Op op, Precision precision) {
    return op instanceof Pointwise pointwise && pointwise.precision() == precision
        || op instanceof Convolution convolution && convolution.precision() == precision;
  }

  private static Stream<Arguments> with(List<?> others) {
    return WAYS.stream().flatMap(way -> some(way, others).map(other -> Arguments.of(way, other)));
  }

  /**
   * On a device operands are those of products in single precision, which are tried with everything, and precisions differ
   * in words alone; what stands in for tensor cores takes its time.
   */
  private static Stream<?> some(Way way, List<?> others) {
    if (!way.target().equals("cuda")) {
      return others.stream();
    }
    Stream<?> ends = Stream.of(others.getLast(), others.getFirst()).distinct();
    return way.precision() == Precision.BFLOAT16 ? ends : ends.limit(1);
  }

  static Stream<Arguments> channels() {
    return with(List.of(16, 33, 300));
  }

  /** 35 rows an image: a block of two tiles of 16 and a rest, or two tiles of 14 and a rest. */
  @ParameterizedTest
  @MethodSource("channels")
  void dense(Way way, int channels) {
    Sketch sketch = new Sketch("dense");
    Value x = sketch.input(2, channels, 5, 7);
    List.of(1, 17, 40, 96).forEach(outputs -> sketch.output(sketch.pointwise(x, outputs)));
    assertComputes(sketch, way);
  }

  static Stream<Arguments> rows() {
    return with(List.of(1, 13, 16, 33, 48));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void rowRemainders(Way way, int width) {
    Sketch sketch = new Sketch("rows");
    Value x = sketch.input(1, 40, 1, width);
    sketch.output(sketch.pointwise(x, 33)).output(sketch.op(new Relu(), sketch.pointwise(x, 100)));
    assertComputes(sketch, way);
  }

  @ParameterizedTest
  @FieldSource("WAYS")
  void epilogues(Way way) {
    Sketch sketch = new Sketch("epilogues");
    Value x = sketch.input(2, 24, 6, 6);
    Value residual = sketch.input(2, 40, 6, 6);
    Value plain = sketch.op(Pointwise.dense(), x, sketch.constant(40, 24));
    sketch.output(sketch.op(RELU6, sketch.pointwise(x, 40)));
    sketch.output(sketch.op(Binary.add(), plain, residual));
    sketch.output(sketch.op(new Relu(), sketch.op(Binary.add(), residual, sketch.pointwise(x, 40))));
    sketch.output(sketch.op(new GlobalAveragePool(), sketch.op(new Relu(), sketch.pointwise(x, 70))));
    assertComputes(sketch, way);
  }

  /** What is less than the least normal number of float16 has fewer digits there; what is large has as many as ever. */
  @ParameterizedTest
  @FieldSource("WAYS")
  void smallAndLargeNumbers(Way way) {
    Sketch sketch = new Sketch("small");
    Value x = sketch.input(1, 32, 5, 7);
    for (float factor : new float[] {1e-5f, 1e4f}) {
      Value scaled = sketch.op(Binary.mul(), x, sketch.op(new Constant(Tensor.of(new float[] {factor}, 1))));
      sketch.output(sketch.pointwise(scaled, 24));
    }
    assertComputes(sketch, way);
  }

  /** A layer with a weight that float16 does not hold multiplies in TF32, beside others that do not. */
  @Test
  void weightsBeyondFloat16() {
    Way way = new Way("cuda", PrecisionChoice.FP16);
    Sketch sketch = new Sketch("weights");
    float[] weights = new float[20 * 24];
    Arrays.fill(weights, 1e5f);
    Value x = sketch.op(new Relu(), sketch.pointwise(sketch.input(1, 32, 5, 7), 24));
    sketch.output(sketch.op(Pointwise.dense(), x, sketch.op(new Constant(Tensor.of(weights, 20, 24)))));
    assertComputes(sketch, way);
    try (CompiledGraph compiled = CompiledGraph.of(sketch.graph(), options(way))) {
      assertThat(compiled.compilation().kernels()).anyMatch(kernel -> kernel.endsWith("product, tf32"));
    }
  }

  /** Maps of float16 that kernels of every kind read, from layers of every kind that write such. */
  @Test
  void narrowMaps() {
    Way way = new Way("cuda", PrecisionChoice.FP16);
    RunsHere.assume(way.target());
    Sketch sketch = new Sketch("narrow");
    Value x = sketch.input(2, 20, 14, 14);
    Value first = sketch.op(new Relu(), convolution(sketch, x, 40, Window.of(3, 1, 1)));
    Value second = sketch.op(Binary.add(), sketch.op(new Relu(), sketch.pointwise(first, 40)), first);
    Value deep = depthwise(sketch, second, 1);
    Value third = sketch.op(new HardSwish(), deep);
    sketch.output(sketch.op(new GlobalAveragePool(), deep));
    sketch.output(sketch.pointwise(third, 17));
    Value coefficients = sketch.dct(third, new Block(7, 7), CoefficientOrder.ZIGZAG, sketch.fallingBands(40, 49));
    Value fourth = sketch.op(RELU6, sketch.op(new Idct(), sketch.pointwise(coefficients, 24)));
    sketch.output(convolution(sketch, fourth, 24, Window.of(3, 2, 1)));
    sketch.output(sketch.op(new GlobalAveragePool(), fourth));
    try (CompiledGraph compiled = CompiledGraph.of(sketch.graph(), options(way))) {
      List<Step> steps = compiled.compilation().plan().steps();
      assertThat(steps.stream().filter(step -> step.output().packed())).hasSizeGreaterThanOrEqualTo(4);
      compiled.assertAgrees(compiled.graph(), 2 * way.precision().step());
    }
  }

  static Stream<Arguments> images() {
    return with(List.of(1, 2, 17));
  }

  /** One row an image, as after a global average pool. */
  @ParameterizedTest
  @MethodSource("images")
  void singleRows(Way way, int batch) {
    Sketch sketch = new Sketch("single");
    Value x = sketch.input(batch, 330, 1, 1);
    sketch.output(sketch.pointwise(x, 10)).output(sketch.op(new Relu(), sketch.pointwise(x, 257)));
    assertComputes(sketch, way);
  }

  static Stream<Arguments> windows() {
    return with(WINDOWS);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void convolutions(Way way, Window window) {
    Sketch sketch = new Sketch("convolutions");
    Value x = sketch.input(2, 20, 13, 11);
    sketch.output(sketch.op(RELU6, convolution(sketch, x, 50, window)));
    Value wide = sketch.input(1, 70, 9, 40);
    sketch.output(convolution(sketch, wide, 24, window));
    assertComputes(sketch, way);
  }

  /** A map that several tasks round in parts, with what is added to it. */
  @ParameterizedTest
  @FieldSource("WAYS")
  void largeConvolution(Way way) {
    Sketch sketch = new Sketch("large");
    Value x = sketch.input(1, 64, 56, 56);
    Value y = sketch.op(Binary.add(), convolution(sketch, x, 64, Window.of(3, 1, 1)), x);
    sketch.output(sketch.op(new Relu(), y));
    assertComputes(sketch, way);
  }

  static Stream<Arguments> maps() {
    return with(List.of(10, 37));
  }

  /** Expansion, depthwise and projection: in one kernel on a large map, in two on a small one. */
  @ParameterizedTest
  @MethodSource("maps")
  void blocks(Way way, int extent) {
    Sketch sketch = new Sketch("block");
    for (int stride = 1; stride <= 2; stride++) {
      Value x = sketch.input(2, 24, extent, 30);
      Value expanded = sketch.op(RELU6, sketch.pointwise(x, 72));
      Value deep = sketch.op(new HardSwish(), depthwise(sketch, expanded, stride));
      Value narrow = sketch.pointwise(deep, 24);
      sketch.output(stride == 1 ? sketch.op(Binary.add(), narrow, x) : narrow);
    }
    assertComputes(sketch, way);
  }

  /** On coefficients: products, and expansions whose maps are inverted strip by strip. */
  @ParameterizedTest
  @MethodSource("blockSizes")
  void bands(Way way, int size) {
    Block block = new Block(size, size);
    Sketch sketch = new Sketch("bands");
    Value x = sketch.input(1, 24, 2 * size, 2 * size);
    for (Bands keep : List.of(Bands.full(24, 1), sketch.fallingBands(24, block.size()), sketch.anyBands(24, block.size()))) {
      Value narrow = sketch.dct(x, block, CoefficientOrder.ZIGZAG, keep);
      sketch.output(sketch.op(new Idct(), sketch.pointwise(narrow, 40)));
      Value expanded = sketch.op(RELU6, sketch.op(new Idct(), sketch.pointwise(narrow, 70)));
      Value active = sketch.op(RELU6, depthwise(sketch, expanded, 1));
      Value wide = sketch.dct(active, block, CoefficientOrder.ZIGZAG, sketch.fallingBands(70, block.size()));
      sketch.output(sketch.op(new Idct(), sketch.pointwise(wide, 24)));
    }
    assertComputes(sketch, way);
  }

  static Stream<Arguments> blockSizes() {
    return with(List.of(4, 7));
  }

  private static Value depthwise(Sketch sketch, Value x, int stride) {
    int channels = x.type().shape().dim(1);
    return sketch.op(
        new Depthwise(Window.of(3, stride, 1)), x, sketch.constant(channels, 3, 3), sketch.constant(channels));
  }

  private static Value convolution(Sketch sketch, Value x, int outputs, Window window) {
    List<Integer> kernel = window.kernel();
    Value weight = sketch.constant(outputs, x.type().shape().dim(1), kernel.get(0), kernel.get(1));
    return sketch.op(new Convolution(window, 1), x, weight, sketch.constant(outputs));
  }
}
