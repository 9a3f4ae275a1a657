package dev.lowpass.testsuite.kernel;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Whole blocks on large maps, from what makes the map to the projection, strip by strip. */
class BlockKernelsTest {
  static final List<Window> WINDOWS =
      List.of(
          Window.of(3, 1, 1),
          Window.of(3, 2, 1),
          Window.of(5, 1, 2),
          Window.of(5, 2, 2),
          Window.of(3, 1, 0),
          Window.of(1, 1, 0),
          Window.of(2, 2, 0),
          new Window(List.of(3, 3), List.of(2, 2), List.of(0, 0, 1, 1), Window.ONES),
          new Window(List.of(3, 3), List.of(1, 1), List.of(2, 2, 2, 2), List.of(2, 2)),
          // Strips do not fit these: the map is read above and below in ways that they do not walk.
          new Window(List.of(3, 3), List.of(3, 3), List.of(1, 1, 1, 1), Window.ONES),
          new Window(List.of(3, 3), List.of(1, 1), List.of(4, 0, 0, 0), Window.ONES),
          new Window(List.of(2, 2), List.of(2, 2), List.of(1, 1, 0, 0), Window.ONES));

  @ParameterizedTest
  @FieldSource("WINDOWS")
  void expansionDepthwiseProjection(Window window) {
    Sketch sketch = new Sketch("expansion");
    Value x = sketch.input(2, 12, 37, 30);
    Value expanded = sketch.op(new Clip(0, 6), sketch.pointwise(x, 40));
    sketch.output(sketch.pointwise(sketch.op(new Clip(0, 6), depthwise(sketch, expanded, window)), 24));
    CompiledGraph.assertComputes(sketch.graph());
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 1", "3, 2, 1", "5, 2, 2"})
  void convolutionDepthwiseProjection(int kernel, int stride, int pad) {
    Window window = Window.of(kernel, stride, pad);
    Sketch sketch = new Sketch("stem");
    Value x = sketch.input(1, 3, 64, 59);
    Value stem = convolution(sketch, x, 20);
    Value deep = sketch.op(new Relu(), depthwise(sketch, sketch.op(new HardSwish(), stem), window));
    sketch.output(sketch.op(new Relu(), sketch.pointwise(deep, 17)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** Channels that fill the last slab to the half, to less, to more, and that fill no slab at all. */
  @ParameterizedTest
  @CsvSource({
    "24, cpu", "17, cpu", "25, cpu", "8, cpu", "1, cpu",
    "24, cpu:x86-64-v3", "17, cpu:x86-64-v3", "25, cpu:x86-64-v3", "8, cpu:x86-64-v3", "1, cpu:x86-64-v3"
  })
  void partsOfASlab(int channels, String target) {
    Sketch sketch = new Sketch("parts");
    Value stem = convolution(sketch, sketch.input(1, 3, 64, 59), channels);
    sketch.output(sketch.pointwise(depthwise(sketch, stem, Window.of(3, 1, 1)), 17));
    sketch.output(block(sketch, sketch.input(1, 12, 30, 28), channels, 9));
    sketch.output(sketch.pointwise(depthwise(sketch, sketch.input(1, channels, 40, 40), Window.of(5, 2, 2)), 20));
    CompiledGraph.assertComputes(sketch.graph(), target, CompiledGraph.TOLERANCE);
  }

  /** Heights from one strip to many, with every kind of rest. */
  @ParameterizedTest
  @CsvSource({"28, 28, 1", "33, 112, 1", "57, 56, 2", "8, 224, 1", "2, 500, 1", "800, 1, 1"})
  void heights(int height, int width, int stride) {
    Sketch sketch = new Sketch("heights");
    Value x = sketch.input(1, 8, height, width);
    Value expanded = sketch.op(new Relu(), sketch.pointwise(x, 33));
    sketch.output(sketch.pointwise(depthwise(sketch, expanded, Window.of(3, stride, 1)), 16));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** The block's input is added to its result; then the sum has two readers, and is an output besides. */
  @Test
  void residualBlocks() {
    Sketch sketch = new Sketch("residual");
    Value x = sketch.input(2, 24, 30, 28);
    Value first = sketch.op(Binary.add(), block(sketch, x, 40, 24), x);
    Value second = sketch.op(new Relu(), sketch.op(Binary.add(), first, block(sketch, first, 16, 24)));
    sketch.output(first).output(block(sketch, second, 50, 40));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** What makes the map has another reader, so the block begins behind it. */
  @Test
  void blocksWithoutProducer() {
    Sketch sketch = new Sketch("shared");
    Value x = sketch.input(2, 12, 28, 31);
    Value shared = sketch.op(new Relu(), sketch.pointwise(x, 35));
    sketch.output(sketch.pointwise(depthwise(sketch, shared, Window.of(3, 1, 1)), 20));
    sketch.output(sketch.pointwise(depthwise(sketch, shared, Window.of(5, 2, 2)), 33));
    sketch.output(sketch.pointwise(depthwise(sketch, sketch.input(1, 18, 40, 40), Window.of(3, 1, 1)), 20));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** A projection whose result makes the next block's map: each product belongs to one block alone. */
  @Test
  void chainsOfBlocks() {
    Sketch sketch = new Sketch("chain");
    Value value = sketch.input(1, 12, 56, 32);
    for (int layer = 0; layer < 3; layer++) {
      Value deep = sketch.op(new Clip(0, 6), depthwise(sketch, value, Window.of(3, 1, 1)));
      value = sketch.op(new Clip(0, 6), sketch.pointwise(deep, 24));
    }
    CompiledGraph.assertComputes(sketch.output(value).graph());
  }

  private static Value convolution(Sketch sketch, Value value, int outputs) {
    Value weight = sketch.constant(outputs, value.type().shape().dim(1), 3, 3);
    return sketch.op(new Convolution(Window.of(3, 2, 1), 1), value, weight, sketch.constant(outputs));
  }

  private static Value block(Sketch sketch, Value value, int channels, int outputs) {
    Value expanded = sketch.op(new Clip(0, 6), sketch.pointwise(value, channels));
    Value deep = sketch.op(new Clip(0, 6), depthwise(sketch, expanded, Window.of(3, 1, 1)));
    return sketch.pointwise(deep, outputs);
  }

  private static Value depthwise(Sketch sketch, Value value, Window window) {
    int channels = value.type().shape().dim(1);
    Value filter = sketch.constant(channels, window.kernel().get(0), window.kernel().get(1));
    return sketch.op(new Depthwise(window), value, filter, sketch.constant(channels));
  }
}
