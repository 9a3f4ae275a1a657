package dev.lowpass.testsuite.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products and inverse transforms that write the mean over their map: remainders, epilogues, several images. */
class PooledKernelsTest {
  private static final Block BLOCK = new Block(7, 7);

  private static Value pool(Sketch sketch, Value value) {
    return sketch.op(new GlobalAveragePool(), value);
  }

  /** Asserts what {@code sketch} computes, in kernels of which {@code pooled} make a mean. */
  private static void assertComputes(Sketch sketch, int pooled) {
    try (CompiledGraph compiled = CompiledGraph.of(sketch.graph(), CompiledGraph.AS_IT_STANDS)) {
      List<String> steps = compiled.compilation().manifest().first().steps();
      assertThat(steps).filteredOn(step -> step.endsWith("+ pool]")).hasSize(pooled);
      compiled.assertAgrees(sketch.graph(), CompiledGraph.TOLERANCE);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 7, 7, 320", "2, 7, 7, 17", "2, 5, 7, 3", "1, 1, 3, 40", "2, 6, 6, 24", "1, 13, 29, 16"})
  void products(int batch, int height, int width, int channels) {
    Sketch sketch = new Sketch("products");
    Value x = sketch.input(batch, channels, height, width);
    for (int outputs : List.of(3, 16, 70)) {
      sketch.output(pool(sketch, sketch.pointwise(x, outputs)));
      sketch.output(pool(sketch, sketch.op(new Clip(0, 6), sketch.pointwise(x, outputs))));
    }
    assertComputes(sketch, 6);
  }

  @Test
  void residualsOfProducts() {
    Sketch sketch = new Sketch("residuals");
    Value x = sketch.input(2, 24, 5, 7);
    Value residual = sketch.input(2, 40, 5, 7);
    Value sum = sketch.op(Binary.add(), sketch.pointwise(x, 40), residual);
    sketch.output(pool(sketch, sketch.op(new HardSwish(), sum)));
    sketch.output(pool(sketch, sketch.op(Binary.add(), residual, sketch.pointwise(x, 40))));
    assertComputes(sketch, 2);
  }

  /** Workers would share out the channels of a product that is no mean. */
  @Test
  void behindDepthwise() {
    Sketch sketch = new Sketch("deep");
    Value expanded = sketch.op(new Relu(), sketch.pointwise(sketch.input(1, 24, 9, 9), 150));
    Value deep = sketch.op(new Depthwise(Window.of(3, 1, 1)), expanded, sketch.constant(150, 3, 3));
    sketch.output(pool(sketch, sketch.op(new Relu(), sketch.pointwise(deep, 50))));
    assertComputes(sketch, 1);
  }

  @ParameterizedTest
  @CsvSource({"1, 7, 7", "2, 14, 7", "2, 21, 21", "2, 13, 9"})
  void inverseTransforms(int batch, int height, int width) {
    Sketch sketch = new Sketch("inverse");
    Value x = sketch.input(batch, 40, height, width);
    Value residual = sketch.input(batch, 150, height, width);
    Value f = sketch.dct(x, BLOCK, CoefficientOrder.ZIGZAG, sketch.fallingBands(40, 20));
    for (int outputs : List.of(3, 150)) {
      Value inverse = sketch.op(new Idct(), sketch.pointwise(f, outputs));
      sketch.output(pool(sketch, sketch.op(new Clip(0, 6), inverse)));
    }
    Value sum = sketch.op(Binary.add(), sketch.op(new Idct(), sketch.pointwise(f, 150)), residual);
    sketch.output(pool(sketch, sketch.op(new Relu(), sum)));
    assertComputes(sketch, 3);
  }

  @Test
  void mapsWithOtherReadersStay() {
    Sketch sketch = new Sketch("read");
    Value x = sketch.input(1, 24, 7, 7);
    Value gated = sketch.op(new Relu(), sketch.pointwise(x, 20));
    sketch.output(sketch.op(Binary.mul(), gated, pool(sketch, gated)));
    Value returned = sketch.pointwise(x, 20);
    sketch.output(returned).output(pool(sketch, returned));
    assertComputes(sketch, 0);
  }
}
