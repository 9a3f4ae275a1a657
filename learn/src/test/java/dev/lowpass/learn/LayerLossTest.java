package dev.lowpass.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerLossTest {
  private static final SearchedLayer LAYER =
      SearchScope.everywhere(new Block(2, 2), CoefficientOrder.ZIGZAG).layersOf(WaveAndNoise.GRAPH).getFirst();

  /** Weights of both channels have the same energy; the second channel has its energy at the end. */
  private static final LayerLoss LOSS = LayerLoss.of(LAYER, new double[][] {{4, 2, 1, 0}, {0, 0, 0, 1}});

  @Test
  void whatIsDroppedIsAPartOfAllEnergy() {
    assertThat(LOSS.droppedBy(List.of(4, 4))).isZero();
    assertThat(LOSS.droppedBy(List.of(0, 0))).isCloseTo(1, within(1e-12));
    assertThat(LOSS.droppedBy(List.of(1, 4))).isCloseTo(3 / 8.0, within(1e-12));
  }

  @Test
  void theDearerMultiplyAddsAreTheLessIsKept() {
    long cost = LAYER.costOfCoefficient();
    assertThat(LOSS.cheapest(1e-9)).containsExactly(3, 4);
    // A coefficient must be worth a fifth of all energy: the third of channel 0 is not, nor are the four of channel 1.
    assertThat(LOSS.cheapest(0.2 / cost)).containsExactly(2, 0);
    assertThat(LOSS.cheapest(1e9)).containsExactly(0, 0);
  }

  @Test
  void whatIsObservedIsSpreadOverWhatWasDropped() {
    LayerLoss observed = LOSS.observed(List.of(1, 4), 6);
    assertThat(observed.weight()).isCloseTo(16, within(1e-9));
    assertThat(LOSS.observed(List.of(4, 4), 6).weight()).isZero();
  }

  @Test
  void aLayerThatReadsNothingButZerosLosesNothing() {
    LayerLoss silent = LayerLoss.of(LAYER, new double[2][4]);
    assertThat(silent.droppedBy(List.of(0, 0))).isZero();
    assertThat(silent.cheapest(1e-9)).containsExactly(0, 0);
  }
}
