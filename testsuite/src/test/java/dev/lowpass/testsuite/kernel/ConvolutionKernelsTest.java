package dev.lowpass.testsuite.kernel;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** General convolutions: of the image that comes in as the caller holds it, and of slabs. */
class ConvolutionKernelsTest {
  static final List<Window> WINDOWS =
      List.of(
          Window.of(3, 1, 1),
          Window.of(3, 2, 1),
          Window.of(5, 1, 2),
          Window.of(5, 2, 0),
          Window.of(1, 2, 0),
          Window.of(7, 2, 3),
          new Window(List.of(3, 3), List.of(2, 2), List.of(0, 0, 1, 1), Window.ONES),
          new Window(List.of(1, 5), List.of(1, 1), List.of(0, 2, 0, 2), Window.ONES),
          new Window(List.of(3, 3), List.of(1, 2), List.of(2, 3, 2, 3), List.of(2, 3)));

  @ParameterizedTest
  @FieldSource("WINDOWS")
  void imagesAndSlabs(Window window) {
    Sketch sketch = new Sketch("convolution");
    Value image = sketch.input(2, 3, 19, 22);
    Value slabs = sketch.op(new Relu(), sketch.input(1, 18, 13, 15));
    sketch.output(sketch.op(new Clip(0, 6), convolution(sketch, image, window, 40, 1)));
    sketch.output(convolution(sketch, slabs, window, 17, 1));
    CompiledGraph.assertComputes(sketch.graph());
  }

  /** Channels that fill the last slab to the half, to less, to more, and that fill no slab at all. */
  @ParameterizedTest
  @CsvSource({
    "24, cpu", "17, cpu", "25, cpu", "8, cpu", "1, cpu",
    "24, cpu:x86-64-v3", "17, cpu:x86-64-v3", "25, cpu:x86-64-v3", "8, cpu:x86-64-v3", "1, cpu:x86-64-v3"
  })
  void partsOfASlab(int outputs, String target) {
    Sketch sketch = new Sketch("parts");
    Value image = convolution(sketch, sketch.input(2, 3, 19, 22), Window.of(3, 2, 1), outputs, 1);
    Value same = convolution(sketch, image, Window.of(3, 1, 1), outputs, 1);
    sketch.output(sketch.op(new Relu(), sketch.op(Binary.add(), same, image)));
    CompiledGraph.assertComputes(sketch.graph(), target, CompiledGraph.TOLERANCE);
  }

  @Test
  void groups() {
    Sketch sketch = new Sketch("groups");
    Value x = sketch.input(2, 12, 9, 8);
    sketch.output(convolution(sketch, x, Window.of(3, 1, 1), 20, 2));
    sketch.output(sketch.op(new Relu(), convolution(sketch, x, Window.of(3, 2, 1), 36, 3)));
    sketch.output(convolution(sketch, x, Window.of(1, 1, 0), 24, 4));
    sketch.output(convolution(sketch, x, Window.of(3, 1, 1), 24, 12));
    CompiledGraph.assertComputes(sketch.graph());
  }

  @Test
  void residuals() {
    Sketch sketch = new Sketch("residuals");
    Value x = sketch.input(1, 20, 9, 9);
    Value same = convolution(sketch, x, Window.of(3, 1, 1), 20, 1);
    sketch.output(sketch.op(new Relu(), sketch.op(Binary.add(), same, x)));
    Value grouped = convolution(sketch, x, Window.of(3, 1, 1), 20, 4);
    sketch.output(sketch.op(new Relu(), sketch.op(Binary.add(), x, grouped)));
    CompiledGraph.assertComputes(sketch.graph());
  }

  private static Value convolution(Sketch sketch, Value value, Window window, int outputs, int groups) {
    int channels = value.type().shape().dim(1) / groups;
    Value weight = sketch.constant(outputs, channels, window.kernel().get(0), window.kernel().get(1));
    return sketch.op(new Convolution(window, groups), value, weight, sketch.constant(outputs));
  }
}
