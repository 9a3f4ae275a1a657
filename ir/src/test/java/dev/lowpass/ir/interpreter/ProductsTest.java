package dev.lowpass.ir.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Pointwise;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductsTest {
  private static final Block BLOCK = new Block(2, 2);

  @Test
  void pointwiseMixesChannelsAndAddsTheBiasEverywhere() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 3, 1, 2);
    Tensor w = Tensor.of(new float[] {1, 0, 2, 0, 1, -1}, 2, 3);
    Tensor b = Tensor.of(new float[] {10, 20}, 2);
    Tensor y = Interpreter.evaluate(Pointwise.dense(), List.of(x, w, b));
    assertThat(y.floats()).containsExactly(1 + 10 + 10, 2 + 12 + 10, 3 - 5 + 20, 4 - 6 + 20);
  }

  @Test
  void pointwiseOnSamplesIgnoresTheWaitingBands() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
    Tensor w = Tensor.of(new float[] {2}, 1, 1);
    Pointwise limited = Pointwise.limited(new BandLimit(BLOCK, CoefficientOrder.ZIGZAG, new Bands(List.of(0))));
    assertThat(Interpreter.evaluate(limited, List.of(x, w)).floats()).containsExactly(2, 4, 6, 8);
  }

  @Test
  void pointwiseOnCoefficientsAddsTheBiasAtDcTimesTheRootOfTheBlockSize() {
    SmallGraph graph = new SmallGraph();
    Value x = graph.input("x", coefficients(1), Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 1, 4));
    Value w = graph.constant(new float[] {1}, 1, 1);
    Value y = graph.node("y", Pointwise.dense(), x, w, graph.constant(new float[] {5}, 1));
    assertThat(graph.run(y).floats()).containsExactly(1 + 2 * 5, 2, 3, 4);
  }

  @Test
  void pointwiseOnCoefficientsReadsOnlyTheBandOfEachChannel() {
    SmallGraph graph = new SmallGraph();
    Value x = graph.input("x", coefficients(2), Tensor.of(new float[] {1, 2, 3, 4, 10, 20, 30, 40}, 1, 2, 1, 4));
    Pointwise limited = Pointwise.limited(new BandLimit(BLOCK, CoefficientOrder.ZIGZAG, new Bands(List.of(3, 1))));
    Value y = graph.node("y", limited, x, graph.constant(new float[] {1, 1}, 1, 2));
    assertThat(graph.run(y).floats()).containsExactly(11, 2, 3, 0);
  }

  @Test
  void matrixProductBroadcastsLeadingAxes() {
    Tensor a = Tensor.of(new float[] {1, 2, 3, 4}, 2, 1, 2);
    Tensor b = Tensor.of(new float[] {1, 0, 2, 0, 1, 3}, 2, 3);
    Tensor y = Interpreter.evaluate(new MatrixProduct(), List.of(a, b));
    assertThat(y.shape()).isEqualTo(Shape.of(2, 1, 3));
    assertThat(y.floats()).containsExactly(1, 2, 8, 3, 4, 18);
  }

  /** One 2x2 block a channel. */
  private static TensorType coefficients(int channels) {
    Domain.Frequency domain = new Domain.Frequency(BLOCK, CoefficientOrder.ZIGZAG, Bands.full(channels, 4));
    return new TensorType(ElementType.F32, Shape.of(1, channels, 2, 2), domain);
  }
}
