package dev.lowpass.ir.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TransformsTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

  @Test
  void coefficientsOfATwoByTwoBlockAreSumsAndDifferences() {
    // Half of the sum, of left minus right, of top minus bottom, of the diagonals' difference; zigzag goes right first.
    Tensor coefficients = dct(Tensor.of(new float[] {1, 2, 3, 8}, 1, 1, 2, 2), new Block(2, 2), CoefficientOrder.ZIGZAG);
    assertThat(coefficients.floats()).containsExactly(new float[] {7, -3, -4, 2}, ROUNDING);
  }

  @Test
  void blocksAreCountedRowByRowAndEdgesRepeat() {
    Tensor map = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
    Tensor coefficients = dct(map, new Block(2, 2), CoefficientOrder.ZIGZAG);
    assertThat(coefficients.shape()).isEqualTo(Shape.of(1, 1, 4, 4));
    float[] all = coefficients.floats();
    // DC of [1 2; 4 5], [3 3; 6 6], [7 8; 7 8], [9 9; 9 9].
    assertThat(new float[] {all[0], all[4], all[8], all[12]}).containsExactly(new float[] {6, 9, 15, 18}, ROUNDING);
  }

  @Test
  void keepZeroesWhatLiesBeyondEachChannelsBand() {
    SmallGraph graph = new SmallGraph();
    Value x = graph.input("x", Tensor.of(new float[] {1, 2, 3, 8, 1, 2, 3, 8}, 1, 2, 2, 2));
    Dct truncated = new Dct(new Block(2, 2), CoefficientOrder.ZIGZAG, Optional.of(new Bands(List.of(2, 0))));
    Tensor coefficients = graph.run(graph.node("y", truncated, x));
    assertThat(coefficients.floats()).containsExactly(new float[] {7, -3, 0, 0, 0, 0, 0, 0}, ROUNDING);
  }

  @Test
  void dcAloneRestoresToTheMean() {
    SmallGraph graph = new SmallGraph();
    Value x = graph.input("x", Tensor.of(new float[] {1, 2, 3, 8}, 1, 1, 2, 2));
    Dct dcOnly = new Dct(new Block(2, 2), CoefficientOrder.DIAGONAL, Optional.of(new Bands(List.of(1))));
    Value y = graph.node("y", new Idct(), graph.node("f", dcOnly, x));
    assertThat(graph.run(y).floats()).containsExactly(new float[] {3.5f, 3.5f, 3.5f, 3.5f}, ROUNDING);
  }

  private static Tensor dct(Tensor map, Block block, CoefficientOrder order) {
    SmallGraph graph = new SmallGraph();
    return graph.run(graph.node("y", new Dct(block, order, Optional.empty()), graph.input("x", map)));
  }
}
