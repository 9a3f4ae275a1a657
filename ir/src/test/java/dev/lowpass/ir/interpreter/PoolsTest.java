package dev.lowpass.ir.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolsTest {
  private static final Tensor NEGATIVE = Tensor.of(new float[] {-1, -2, -3, -4}, 1, 1, 2, 2);

  @Test
  void paddingNeverWinsTheMaximum() {
    Tensor y = Interpreter.evaluate(new MaxPool(Window.of(2, 2, 1), false), List.of(NEGATIVE));
    assertThat(y.floats()).containsExactly(-1, -2, -3, -4);
  }

  @Test
  void averageLeavesPadsOutUnlessToldToCountThem() {
    Window window = Window.of(2, 2, 1);
    assertThat(Interpreter.evaluate(new AveragePool(window, false, false), List.of(NEGATIVE)).floats())
        .containsExactly(-1, -2, -3, -4);
    assertThat(Interpreter.evaluate(new AveragePool(window, false, true), List.of(NEGATIVE)).floats())
        .containsExactly(-0.25f, -0.5f, -0.75f, -1);
  }

  @Test
  void averageInCeilModeDoesNotCountWhatLiesBeyondThePads() {
    Tensor x = Tensor.of(new float[] {1, 2, 3}, 1, 1, 1, 3);
    Window window = new Window(List.of(1, 2), List.of(1, 2), Window.NO_PADS, Window.ONES);
    Tensor y = Interpreter.evaluate(new AveragePool(window, true, true), List.of(x));
    assertThat(y.floats()).containsExactly(1.5f, 3);
  }

  @Test
  void globalAverageOfSamplesIsTheirMean() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 10, 10, 10, 30}, 1, 2, 2, 2);
    Tensor y = Interpreter.evaluate(new GlobalAveragePool(), List.of(x));
    assertThat(y.shape()).isEqualTo(Shape.of(1, 2, 1, 1));
    assertThat(y.floats()).containsExactly(2.5f, 15);
  }

  @Test
  void globalAverageOfCoefficientsReadsDcOfAllBlocks() {
    SmallGraph graph = new SmallGraph();
    Domain.Frequency domain = new Domain.Frequency(new Block(2, 2), CoefficientOrder.SQUARE, Bands.full(1, 4));
    TensorType type = new TensorType(ElementType.F32, Shape.of(1, 1, 2, 4), domain);
    Value x = graph.input("x", type, Tensor.of(new float[] {2, 9, 9, 9, 6, 9, 9, 9}, 1, 1, 2, 4));
    assertThat(graph.run(graph.node("y", new GlobalAveragePool(), x)).floats()).containsExactly(2);
  }
}
