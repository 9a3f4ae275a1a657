package dev.lowpass.learn.choice;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.learn.sensitivity.LayerSensitivity;
import java.util.Arrays;
import java.util.List;

/**
 * Thresholds of one layer, and what they take off the answers of the pictures that judge: those by which thresholds are
 * not chosen.
 *
 * @param places for each channel the place of its threshold among those of the layer
 * @param alone the sum of what channels would lose by themselves
 * @param lost for each judging picture what is added to its answer
 */
record LayerCut(LayerSensitivity sensitivity, int[] places, double alone, double[] lost) {
  /**
   * The thresholds of least loss, {@code coherence} times what each channel loses alone, at {@code price} a
   * coefficient.
   */
  static LayerCut cheapest(LayerSensitivity sensitivity, double[][] squares, double coherence, double price) {
    List<Integer> thresholds = sensitivity.layer().thresholds();
    int[] places = new int[squares.length];
    for (int c = 0; c < places.length; c++) {
      double least = Double.POSITIVE_INFINITY;
      for (int place = thresholds.size() - 1; place >= 0; place--) {
        double sum = coherence * squares[c][place] / 2 + price * thresholds.get(place);
        if (sum < least) {
          least = sum;
          places[c] = place;
        }
      }
    }
    return of(sensitivity, squares, places);
  }

  /** The thresholds of {@code limit}, or the next higher ones among which is chosen. */
  static LayerCut of(LayerSensitivity sensitivity, double[][] squares, BandLimit limit) {
    List<Integer> thresholds = sensitivity.layer().thresholds();
    int[] places =
        limit.keep().keep().stream()
            .mapToInt(kept -> (int) thresholds.stream().filter(threshold -> threshold < kept).count())
            .toArray();
    return of(sensitivity, squares, places);
  }

  private static LayerCut of(LayerSensitivity sensitivity, double[][] squares, int[] places) {
    int whole = sensitivity.layer().thresholds().size() - 1;
    int pictures = sensitivity.judges();
    double[] lost = new double[pictures];
    double alone = 0;
    for (int c = 0; c < places.length; c++) {
      alone += squares[c][places[c]] / 2;
      for (int n = 0; n < pictures && places[c] != whole; n++) {
        lost[n] += sensitivity.judged(c, places[c], n);
      }
    }
    return new LayerCut(sensitivity, places, alone, lost);
  }

  boolean isWhole() {
    int whole = sensitivity.layer().thresholds().size() - 1;
    return Arrays.stream(places).allMatch(place -> place == whole);
  }

  BandLimit limit() {
    List<Integer> thresholds = sensitivity.layer().thresholds();
    return sensitivity.layer().limit(Arrays.stream(places).map(thresholds::get).toArray());
  }

  /** As the graph knows the layer's node. */
  String node() {
    return sensitivity.layer().node().name();
  }
}
