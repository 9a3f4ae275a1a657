package dev.lowpass.ir.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvolutionsTest {
  private static final Tensor NINE = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);

  @Test
  void depthwiseSumsTheNeighbourhoodWithZerosAround() {
    Tensor ones = Tensor.of(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, 1, 3, 3);
    Tensor y = Interpreter.evaluate(new Depthwise(Window.of(3, 1, 1)), List.of(NINE, ones));
    assertThat(y.floats()).containsExactly(12, 21, 16, 27, 45, 33, 24, 39, 28);
  }

  @Test
  void depthwiseFiltersEachChannelAloneAndAddsItsBias() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 2, 1, 2);
    Tensor w = Tensor.of(new float[] {10, 1, 100, -1}, 2, 1, 2);
    Tensor b = Tensor.of(new float[] {0.5f, 7}, 2);
    Window window = new Window(List.of(1, 2), Window.ONES, Window.NO_PADS, Window.ONES);
    assertThat(Interpreter.evaluate(new Depthwise(window), List.of(x, w, b)).floats()).containsExactly(12.5f, 303);
  }

  @Test
  void strideDilationAndOneSidedPadsPickTheRightSamples() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5}, 1, 1, 1, 5);
    Tensor w = Tensor.of(new float[] {1, 10}, 1, 1, 1, 2);
    Window window = new Window(List.of(1, 2), List.of(1, 2), List.of(0, 1, 0, 0), List.of(1, 2));
    Tensor y = Interpreter.evaluate(new Convolution(window, 1), List.of(x, w));
    // The taps lie two apart, the first starts on the pad: (pad, 2), (2, 4).
    assertThat(y.floats()).containsExactly(20, 42);
  }

  @Test
  void groupsSeeOnlyTheirOwnChannels() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 4, 1, 1);
    Tensor w = Tensor.of(new float[] {1, 10, 1, 10}, 2, 2, 1, 1);
    Tensor y = Interpreter.evaluate(new Convolution(Window.of(1, 1, 0), 2), List.of(x, w));
    assertThat(y.floats()).containsExactly(21, 43);
  }

  @Test
  void aKernelThatReachesBeyondTheWholeMapReadsZeros() {
    Tensor x = Tensor.of(new float[] {3}, 1, 1, 1, 1);
    Tensor w = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
    Window window = new Window(List.of(3, 3), Window.ONES, List.of(4, 4, 4, 4), List.of(2, 2));
    Tensor y = Interpreter.evaluate(new Convolution(window, 1), List.of(x, w));
    assertThat(y.shape()).isEqualTo(Shape.of(1, 1, 5, 5));
    assertThat(y.floats()[12]).isEqualTo(3 * 5);
    assertThat(y.floats()[0]).isEqualTo(3 * 9);
    assertThat(y.floats()[1]).isZero();
  }
}
