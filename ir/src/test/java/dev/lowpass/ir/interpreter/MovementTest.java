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
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Transpose;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovementTest {
  private static final Tensor SIX = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

  @Test
  void padSurroundsWithItsValue() {
    Tensor y = Interpreter.evaluate(new Pad(List.of(1, 0, 0, 2), 9), List.of(SIX));
    assertThat(y.shape()).isEqualTo(Shape.of(3, 5));
    assertThat(y.floats()).containsExactly(9, 9, 9, 9, 9, 1, 2, 3, 9, 9, 4, 5, 6, 9, 9);
  }

  @Test
  void concatJoinsAlongTheInnerAxis() {
    Tensor y = Interpreter.evaluate(new Concat(1), List.of(SIX, Tensor.of(new float[] {7, 8}, 2, 1)));
    assertThat(y.floats()).containsExactly(1, 2, 3, 7, 4, 5, 6, 8);
  }

  @Test
  void sliceTakesStepsAlsoBackwards() {
    Slice slice = new Slice(List.of(1, 0), List.of(2, 2), List.of(-1, 2));
    assertThat(Interpreter.evaluate(slice, List.of(SIX)).floats()).containsExactly(4, 6, 1, 3);
  }

  @Test
  void transposeReordersAxes() {
    Tensor x = SIX.reshaped(Shape.of(1, 2, 3));
    Tensor y = Interpreter.evaluate(new Transpose(List.of(2, 0, 1)), List.of(x));
    assertThat(y.shape()).isEqualTo(Shape.of(3, 1, 2));
    assertThat(y.floats()).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void reshapeKeepsTheOrder() {
    Tensor y = Interpreter.evaluate(new Reshape(Shape.of(3, 2)), List.of(SIX));
    assertThat(y).isEqualTo(Tensor.of(SIX.floats(), 3, 2));
  }

  @Test
  void anEmptyTensorStaysEmpty() {
    Tensor empty = Tensor.of(new float[0], 0, 3);
    assertThat(Interpreter.evaluate(new Transpose(List.of(1, 0)), List.of(empty)).shape()).isEqualTo(Shape.of(3, 0));
    assertThat(Interpreter.evaluate(new Concat(0), List.of(empty, SIX))).isEqualTo(SIX);
  }

  @Test
  void channelsOfCoefficientsAreSlicedAndJoinedWithTheirBlocks() {
    SmallGraph graph = new SmallGraph();
    Domain.Frequency domain = new Domain.Frequency(new Block(1, 2), CoefficientOrder.ZIGZAG, Bands.full(2, 2));
    TensorType type = new TensorType(ElementType.F32, Shape.of(1, 2, 1, 3), domain);
    Value x = graph.input("x", type, Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 2, 2, 2));
    Value second = graph.node("second", Slice.along(type.shape(), 1, 1, 1), x);
    Value joined = graph.node("joined", new Concat(1), second, x);
    assertThat(graph.run(joined)).isEqualTo(Tensor.of(new float[] {5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8}, 1, 3, 2, 2));
  }
}
