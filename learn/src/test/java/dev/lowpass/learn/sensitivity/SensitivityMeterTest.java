package dev.lowpass.learn.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.learn.Pictures;
import dev.lowpass.learn.answer.Answer;
import dev.lowpass.learn.answer.ValueAnswer;
import dev.lowpass.learn.data.Batches;
import dev.lowpass.learn.data.LearningListener;
import dev.lowpass.learn.judge.Judge;
import dev.lowpass.learn.network.Network;
import dev.lowpass.learn.network.TrainingEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a linear network, where what is true to first order is true. */
class SensitivityMeterTest {
  private static final Graph LINEAR =
      IrText.parse(
          """
          graph @linear(%x: f32[1, 3, 6, 4]) -> (y = %y) {
            %w1 = constant f32[4, 3] random(seed = 1)
            %p1 = pointwise %x, %w1 : f32[1, 4, 6, 4] loc("first")
            %d = constant f32[4, 3, 3] random(seed = 2)
            %c = depthwise %p1, %d {kernel = [3, 3], strides = [2, 1], pads = [1, 1, 1, 1]}
            %w2 = constant f32[2, 4] random(seed = 3)
            %y = pointwise %c, %w2 : f32[1, 2, 3, 4] loc("second")
          }
          """,
          "linear.ir");

  private static final List<BandLayer> LAYERS = BandLayer.of(LINEAR);
  private static final int PICTURES = 5;
  private static final long SEED = 11;
  private static final BandsFile NONE = new BandsFile(new LinkedHashMap<>());

  private final NDManager manager = TrainingEngine.newManager();
  private final Network network = Network.of(LINEAR, manager);
  private final Pictures pictures = Pictures.drawn(PICTURES, 3 * 6 * 4, 4);

  @AfterEach
  void close() {
    manager.close();
  }

  private SensitivityMeter meter(int batch) {
    Answer answer = new ValueAnswer();
    Batches batches = Batches.of(pictures, LINEAR, batch);
    return new SensitivityMeter(
        network, LAYERS, answer, batches, Judge.answers(network, batches, manager, LearningListener.silent()));
  }

  private Sensitivities at(BandsFile cut) {
    return meter(2).at(cut, SEED, LearningListener.silent());
  }

  private static BandsFile with(BandsFile bands, int layer, int... places) {
    SequencedMap<String, BandLimit> limits = new LinkedHashMap<>(bands.layers());
    BandLayer cut = LAYERS.get(layer);
    int[] keep = new int[places.length];
    for (int c = 0; c < keep.length; c++) {
      keep[c] = cut.thresholds().get(places[c]);
    }
    limits.put(cut.name(), cut.limit(keep));
    return new BandsFile(limits);
  }

  private static double[] predicted(Sensitivities sensitivities, int layer, int... places) {
    double[] lost = sensitivities.lost().clone();
    float[][][] tails = sensitivities.layers().get(layer).tails();
    for (int n = 0; n < lost.length; n++) {
      for (int c = 0; c < places.length; c++) {
        lost[n] -= tails[c][places[c]][n];
      }
    }
    return lost;
  }

  private static void assertAlike(double[] found, double[] expected) {
    assertThat(found).usingComparatorWithPrecision(2e-5).containsExactly(expected);
  }

  /** Directions follow from the seed: what the cut network then loses along them can be compared. */
  @Test
  void whatACutTakesOffIsPredictedExactly() {
    Sensitivities whole = at(NONE);
    assertAlike(whole.lost(), new double[PICTURES]);
    for (int[] places : new int[][] {{0, 7, 5}, {1, 1, 1}, {0, 0, 0}, {13, 2, 13}}) {
      double[] lost = at(with(NONE, 0, places)).lost();
      assertThat(Math.abs(lost[0])).isGreaterThan(1e-2);
      assertAlike(predicted(whole, 0, places), lost);
    }
    assertAlike(predicted(whole, 1, 3, 0, 12, 5), at(with(NONE, 1, 3, 0, 12, 5)).lost());
  }

  @Test
  void soIsWhatAnotherCutTakesOffTheCutNetwork() {
    BandsFile first = with(NONE, 0, 4, 9, 2);
    BandsFile both = with(first, 1, 3, 0, 12, 5);
    assertAlike(predicted(at(first), 1, 3, 0, 12, 5), at(both).lost());
  }

  @Test
  void nothingIsLostByKeepingEverything() {
    for (LayerSensitivity each : at(NONE).layers()) {
      int whole = each.layer().thresholds().size() - 1;
      for (float[][] channel : each.tails()) {
        assertThat(channel[whole]).containsOnly(0);
      }
    }
  }

  @Test
  void energiesAreThoseOfTheInterpretersCoefficients() {
    LayerSensitivity first = at(NONE).layers().getFirst();
    BandLayer layer = first.layer();
    Graph dct =
        IrText.parse(
            "graph @g(%%x: f32[1, 3, 6, 4]) -> (y = %%y) {\n%%y = dct %%x {block = %s, order = %s, keep = %s}\n}"
                .formatted(layer.block(), layer.order(), layer.full().keep()),
            "dct.ir");
    double[][] expected = new double[3][layer.coefficients()];
    for (float[] picture : pictures.pictures()) {
      Tensor found = Interpreter.run(dct, Map.of("x", Tensor.of(picture, 1, 3, 6, 4))).get("y");
      for (int i = 0; i < found.floats().length; i++) {
        float value = found.floats()[i];
        expected[i / layer.coefficients()][i % layer.coefficients()] += value * value;
      }
    }
    for (int c = 0; c < 3; c++) {
      assertThat(first.energies()[c]).usingComparatorWithPrecision(1e-4).containsExactly(expected[c]);
    }
  }

  /** Of one picture and one block with every threshold, one coefficient's part is its slope times itself. */
  @Test
  void slopesAreThoseThatTailsAreMadeOf() {
    Pictures one = Pictures.drawn(1, 3 * 6 * 4, 4);
    Batches batches = Batches.of(one, LINEAR, 1);
    SensitivityMeter meter =
        new SensitivityMeter(
            network,
            LAYERS,
            new ValueAnswer(),
            batches,
            Judge.answers(network, batches, manager, LearningListener.silent()));
    LayerSensitivity second = meter.at(NONE, SEED, LearningListener.silent()).layers().get(1);
    assertThat(second.layer().thresholds()).hasSize(second.layer().coefficients() + 1);
    for (int c = 0; c < 4; c++) {
      for (int j = 0; j < second.layer().coefficients(); j++) {
        double part = second.tails()[c][j][0] - second.tails()[c][j + 1][0];
        assertThat(second.gradients()[c][j] * second.energies()[c][j]).isCloseTo(part * part, within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void picturesSideBySideDoNotMatter(int batch) {
    Sensitivities other = meter(batch).at(with(NONE, 0, 4, 9, 2), SEED, LearningListener.silent());
    Sensitivities two = at(with(NONE, 0, 4, 9, 2));
    assertAlike(other.lost(), two.lost());
    for (int l = 0; l < 2; l++) {
      for (int c = 0; c < other.layers().get(l).tails().length; c++) {
        for (int t = 0; t < other.layers().get(l).tails()[c].length; t++) {
          assertThat(other.layers().get(l).tails()[c][t])
              .usingComparatorWithPrecision(2e-5f)
              .containsExactly(two.layers().get(l).tails()[c][t]);
        }
      }
    }
  }

  @Test
  void measuringLeavesNothingBehind() {
    SensitivityMeter meter = meter(2);
    int before = manager.getManagedArrays().size();
    meter.at(with(NONE, 0, 4, 9, 2), SEED, LearningListener.silent());
    assertThat(manager.getManagedArrays()).hasSize(before);
  }
}
