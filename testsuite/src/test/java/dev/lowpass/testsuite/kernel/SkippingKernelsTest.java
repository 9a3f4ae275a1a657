package dev.lowpass.testsuite.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.tune.ChoiceRecord;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products that leave out what a clip made zero, whatever is left: remainders, epilogues, workers and odd samples. */
@ParameterizedClass
@ValueSource(strings = {"x86-64-v3", "x86-64-v4"})
class SkippingKernelsTest {
  /** Of each output, beside its own size: sums of a few hundred products of numbers up to 6. */
  private static final double TOLERANCE = 2e-5;

  @Parameter String target = "";

  @BeforeEach
  void needsTheProcessor() {
    RunsHere.assume("cpu:" + target);
  }

  /** What an input holds. */
  private enum Samples {
    ALL_ZERO(random -> random.nextInt(4) == 0 ? -0.0 : -random.nextDouble()),
    NONE_ZERO(random -> 0.1 + random.nextDouble()),
    MOSTLY_ZERO(random -> random.nextInt(3) > 0 ? -random.nextDouble() : 8 * random.nextDouble()),
    /** One in a thousand each, so that there are rows without. */
    WITH_INFINITIES(
        random ->
            switch (random.nextInt(2000)) {
              case 0 -> Double.POSITIVE_INFINITY;
              case 1 -> Double.NEGATIVE_INFINITY;
              default -> MOSTLY_ZERO.next.applyAsDouble(random);
            }),
    WITH_NAN(random -> random.nextInt(2000) == 0 ? Double.NaN : WITH_INFINITIES.next.applyAsDouble(random));

    private final ToDoubleFunction<Random> next;

    Samples(ToDoubleFunction<Random> next) {
      this.next = next;
    }

    Map<String, Tensor> of(Graph graph) {
      Random random = new Random(ordinal());
      Map<String, Tensor> inputs = new LinkedHashMap<>();
      for (Value input : graph.inputs()) {
        float[] values = new float[(int) input.type().shape().elements()];
        // The second one is a residual.
        Samples samples = inputs.isEmpty() ? this : MOSTLY_ZERO;
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) samples.next.applyAsDouble(random);
        }
        inputs.put(input.name(), Tensor.of(values, input.type().shape()));
      }
      return inputs;
    }
  }

  /** Vectors of outputs that make one panel or several, the last narrower; 35 rows are no whole number of tiles. */
  @Test
  void panels() {
    Sketch sketch = new Sketch("panels");
    Value x = sketch.op(new Clip(0, 6), sketch.input(1, 640, 5, 7));
    List<Integer> widths = List.of(33, 64, 112, 320);
    widths.forEach(outputs -> sketch.output(sketch.pointwise(x, outputs)));
    List<Samples> inputs = List.of(Samples.ALL_ZERO, Samples.NONE_ZERO, Samples.MOSTLY_ZERO);
    assertComputes(sketch.graph(), widths.size(), inputs, 1, 2, 3);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "7, 7", "1, 29"})
  void rowRemainders(int height, int width) {
    Sketch sketch = new Sketch("rows");
    Value x = sketch.op(new Relu(), sketch.input(2, 96, height, width));
    sketch.output(sketch.pointwise(x, 16)).output(sketch.pointwise(x, 48));
    assertComputes(sketch.graph(), 2, List.of(Samples.MOSTLY_ZERO), 1, 2);
  }

  /** Functions that are not to be applied twice, and channels that are one chunk or several equal ones. */
  @ParameterizedTest
  @CsvSource({"192, 40", "576, 96"})
  void epilogues(int channels, int outputs) {
    Sketch sketch = new Sketch("epilogues");
    Value x = sketch.op(new Clip(0, 6), sketch.input(2, channels, 6, 6));
    Value residual = sketch.input(2, outputs, 6, 6);
    Value plain = sketch.op(Pointwise.dense(), x, sketch.constant(outputs, channels));
    sketch.output(sketch.op(Binary.add(), plain, residual));
    sketch.output(sketch.op(new HardSwish(), sketch.pointwise(x, outputs)));
    sketch.output(sketch.op(new HardSwish(), sketch.op(Binary.add(), residual, sketch.pointwise(x, outputs))));
    assertComputes(sketch.graph(), 3, List.of(Samples.ALL_ZERO, Samples.NONE_ZERO, Samples.MOSTLY_ZERO), 1, 3);
  }

  /** Hard swish lets NaN through, and makes it of minus infinity; its zeros are negative. */
  @Test
  void nanArrivesWhereItBelongs() {
    Sketch sketch = new Sketch("nan");
    Value x = sketch.op(new HardSwish(), sketch.input(1, 128, 9, 9));
    sketch.output(sketch.pointwise(x, 33)).output(sketch.pointwise(x, 64));
    assertComputes(sketch.graph(), 2, List.of(Samples.WITH_NAN, Samples.WITH_INFINITIES), 1, 2);
  }

  /** A classifier reads the means of a clipped map; 33 outputs are done by one worker, 210 by as many as there are. */
  @Test
  void oneRow() {
    Sketch sketch = new Sketch("row");
    Value x = sketch.op(new GlobalAveragePool(), sketch.op(new Clip(0, 6), sketch.input(1, 1008, 1, 2)));
    Value residual = sketch.input(1, 210, 1, 1);
    sketch.output(sketch.pointwise(x, 33)).output(sketch.pointwise(x, 210));
    sketch.output(sketch.op(new HardSwish(), sketch.op(Binary.add(), residual, sketch.pointwise(x, 210))));
    List<Samples> inputs = List.of(Samples.ALL_ZERO, Samples.NONE_ZERO, Samples.MOSTLY_ZERO);
    assertComputes(sketch.graph(), 3, inputs, 1, 2, 3, 20);
  }

  @Test
  void nanArrivesInOneRow() {
    Sketch sketch = new Sketch("nan");
    Value x = sketch.op(new HardSwish(), sketch.input(1, 2048, 1, 1));
    sketch.output(sketch.pointwise(x, 100));
    assertComputes(sketch.graph(), 1, List.of(Samples.WITH_NAN, Samples.WITH_INFINITIES), 1, 2);
  }

  /** Images that are rows of one product have few zeros in common. */
  @Test
  void rowsThatAreImages() {
    Sketch sketch = new Sketch("images");
    Value x = sketch.op(new GlobalAveragePool(), sketch.op(new Clip(0, 6), sketch.input(2, 320, 1, 2)));
    sketch.output(sketch.pointwise(x, 100));
    assertComputes(sketch.graph(), 0, List.of(Samples.MOSTLY_ZERO), 1, 2);
  }

  /** Workers share out channels; with twelve of them, some have none. */
  @ParameterizedTest
  @CsvSource({"14, 144, 24", "7, 480, 80"})
  void sharedChannels(int size, int channels, int outputs) {
    Sketch sketch = new Sketch("shared");
    Value x = sketch.input(1, channels, size, size);
    Value residual = sketch.input(1, outputs, size, size);
    Value deep = sketch.op(new Depthwise(Window.of(3, 1, 1)), x, sketch.constant(channels, 3, 3));
    Value clipped = sketch.op(new Clip(0, 6), deep);
    Value projected = sketch.pointwise(clipped, outputs);
    sketch.output(sketch.op(new HardSwish(), sketch.op(Binary.add(), projected, residual)));
    assertComputes(sketch.graph(), 1, List.of(Samples.MOSTLY_ZERO), 1, 2, 3, 12);
  }

  /** On narrow registers the projection of a fused block leaves out zeros as well; 29 rows are no whole strips. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void insideABlock(boolean expands) {
    Sketch sketch = new Sketch("block");
    Value x = sketch.input(1, expands ? 32 : 192, 29, 28);
    Value residual = sketch.input(1, 32, 29, 28);
    Value map = expands ? sketch.op(new HardSwish(), sketch.pointwise(x, 192)) : x;
    Value deep = sketch.op(new Depthwise(Window.of(3, 1, 1)), map, sketch.constant(192, 3, 3));
    Value projected = sketch.pointwise(sketch.op(new HardSwish(), deep), 32);
    sketch.output(sketch.op(Binary.add(), projected, residual));
    List<Samples> inputs = List.of(Samples.ALL_ZERO, Samples.NONE_ZERO, Samples.MOSTLY_ZERO, Samples.WITH_NAN);
    assertComputes(sketch.graph(), target.equals("x86-64-v3") ? 1 : 0, inputs, 1, 2);
  }

  /** Channels that are no multiple of 16, and a weight by which zero is not zero: products as others are. */
  @Test
  void whatCannotBeLeftOut() {
    Sketch sketch = new Sketch("all");
    Value x = sketch.op(new Clip(0, 6), sketch.input(1, 100, 5, 5));
    sketch.output(sketch.pointwise(x, 33));
    float[] weights = new float[2 * 96];
    weights[5] = Float.POSITIVE_INFINITY;
    Value y = sketch.op(new Clip(0, 6), sketch.input(1, 96, 5, 5));
    sketch.output(sketch.op(Pointwise.dense(), y, sketch.op(new Constant(Tensor.of(weights, 2, 96)))));
    assertComputes(sketch.graph(), 0, List.of(Samples.MOSTLY_ZERO), 1, 2);
  }

  private void assertComputes(Graph graph, int skipping, List<Samples> inputs, int... workers) {
    String name = "cpu:" + target;
    try (CompiledGraph compiled = CompiledGraph.of(graph, CompiledGraph.AS_IT_STANDS.withTarget(name))) {
      assertThat(ChoiceRecord.of("artifact", compiled.compilation().manifest()).getFirst().entries())
          .filteredOn(entry -> entry.choice().contains("skip=1"))
          .as("products that leave out zeros")
          .hasSize(skipping);
      for (Samples samples : inputs) {
        Map<String, Tensor> given = samples.of(graph);
        Map<String, Tensor> expected = Interpreter.run(graph, given);
        for (int count : workers) {
          compare("%s, %d workers".formatted(samples, count), compiled.outputs(given, count), expected);
        }
      }
    }
  }

  private static void compare(String how, Map<String, Tensor> actual, Map<String, Tensor> expected) {
    expected.forEach(
        (name, tensor) -> {
          float[] wanted = tensor.floats();
          float[] computed = actual.get(name).floats();
          for (int i = 0; i < wanted.length; i++) {
            // Equal infinities and NaN on both sides are equal to Float.compare alone.
            boolean same =
                Float.compare(computed[i], wanted[i]) == 0
                    || Math.abs(computed[i] - wanted[i]) <= TOLERANCE * (1 + Math.abs(wanted[i]));
            assertThat(same).as("%s: %s[%d] = %s, not %s", how, name, i, computed[i], wanted[i]).isTrue();
          }
        });
  }
}
