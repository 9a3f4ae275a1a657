package dev.lowpass.testsuite.kernel;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Depthwise convolutions of samples, alone and behind an expansion that exists a strip at a time. */
class DepthwiseKernelsTest {
  static final List<Window> WINDOWS =
      List.of(
          Window.of(3, 1, 1),
          Window.of(3, 2, 1),
          Window.of(5, 1, 2),
          Window.of(5, 2, 2),
          Window.of(3, 1, 0),
          Window.of(2, 1, 0),
          Window.of(1, 2, 0),
          // As TensorFlow pads for stride 2: more behind than before.
          new Window(List.of(3, 3), List.of(2, 2), List.of(0, 0, 1, 1), Window.ONES),
          new Window(List.of(3, 5), List.of(1, 2), List.of(2, 0, 0, 3), Window.ONES),
          new Window(List.of(3, 3), List.of(1, 1), List.of(2, 2, 2, 2), List.of(2, 2)),
          new Window(List.of(3, 3), List.of(2, 1), List.of(4, 6, 4, 6), List.of(4, 6)),
          // The kernel hangs over the map on both sides at once.
          new Window(List.of(5, 7), List.of(1, 1), List.of(4, 6, 4, 6), Window.ONES));

  @ParameterizedTest
  @FieldSource("WINDOWS")
  void aloneAndExpanded(Window window) {
    Sketch sketch = new Sketch("depthwise");
    Value x = sketch.input(2, 20, 12, 17);
    sketch.output(depthwise(sketch, x, window));
    sketch.output(sketch.op(new Relu(), depthwise(sketch, sketch.op(new Clip(0, 6), sketch.pointwise(x, 40)), window)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** Maps smaller than a register tile, and maps whose tiles leave no rest. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 16, 64})
  void squareMaps(int side) {
    Sketch sketch = new Sketch("square");
    Value x = sketch.input(1, 8, side, side);
    for (int stride = 1; stride <= 2; stride++) {
      sketch.output(depthwise(sketch, x, Window.of(3, stride, 1)));
      sketch.output(depthwise(sketch, sketch.op(new Clip(0, 6), sketch.pointwise(x, 16)), Window.of(3, stride, 1)));
    }
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** Large maps are cut into chunks for the cache, which repeat the rows at their edges. */
  @ParameterizedTest
  @CsvSource({"96, 64, 1, 16", "80, 50, 2, 33", "112, 112, 1, 48", "7, 7, 1, 144"})
  void chunks(int height, int width, int stride, int channels) {
    Sketch sketch = new Sketch("chunks");
    Value x = sketch.input(1, 8, height, width);
    Value expanded = sketch.op(new HardSwish(), sketch.pointwise(x, channels));
    sketch.output(depthwise(sketch, expanded, Window.of(3, stride, 1)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** Neighbours that must not be swallowed: the expansion has another reader, or leaves the graph itself. */
  @Test
  void sharedExpansions() {
    Sketch sketch = new Sketch("shared");
    Value x = sketch.input(1, 12, 9, 9);
    Value shared = sketch.op(new Relu(), sketch.pointwise(x, 24));
    sketch.output(sketch.op(Binary.add(), depthwise(sketch, shared, Window.of(3, 1, 1)), shared));
    Value kept = sketch.pointwise(x, 17);
    sketch.output(kept).output(depthwise(sketch, kept, Window.of(3, 2, 1)));
    Value bare = depthwise(sketch, sketch.pointwise(x, 17), Window.of(3, 1, 1));
    sketch.output(depthwise(sketch, sketch.op(new Relu(), bare), Window.of(3, 1, 1)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** Samples that are clipped on their way from the input: there is no producer to do it. */
  @Test
  void activatedInput() {
    Sketch sketch = new Sketch("activated");
    Value x = sketch.input(1, 18, 8, 8);
    sketch.output(depthwise(sketch, sketch.op(new Relu(), x), Window.of(3, 1, 1)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  private static Value depthwise(Sketch sketch, Value value, Window window) {
    int channels = value.type().shape().dim(1);
    Value filter = sketch.constant(channels, window.kernel().get(0), window.kernel().get(1));
    return sketch.op(new Depthwise(window), value, filter, sketch.constant(channels));
  }
}
