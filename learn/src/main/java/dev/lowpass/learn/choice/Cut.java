package dev.lowpass.learn.choice;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.learn.sensitivity.BandLayer;
import dev.lowpass.learn.sensitivity.LayerSensitivity;
import dev.lowpass.learn.sensitivity.Sensitivities;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Thresholds of all layers while they are chosen, and what they do to the answers of the pictures that judge: those by
 * which thresholds are not chosen.
 */
final class Cut {
  private final Sensitivities sensitivities;
  private final int[][] chosen;
  private final double[] lost;

  private Cut(Sensitivities sensitivities, int[][] chosen, double[] lost) {
    this.sensitivities = sensitivities;
    this.chosen = chosen;
    this.lost = lost;
  }

  /** The cut at which {@code sensitivities} were measured. */
  static Cut of(Sensitivities sensitivities, BandsFile bands) {
    int[][] places =
        sensitivities.layers().stream().map(each -> places(each.layer(), bands)).toArray(int[][]::new);
    return new Cut(sensitivities, places, sensitivities.lost().clone());
  }

  /** For each channel the place of its threshold among those of the layer; the last one where it keeps everything. */
  private static int[] places(BandLayer layer, BandsFile bands) {
    List<Integer> thresholds = layer.thresholds();
    List<Integer> keep = bands.of(layer.name()).orElseGet(layer::full).keep().keep();
    return keep.stream()
        .mapToInt(kept -> (int) thresholds.stream().filter(threshold -> threshold < kept).count())
        .toArray();
  }

  Cut copy() {
    return new Cut(sensitivities, Arrays.stream(chosen).map(int[]::clone).toArray(int[][]::new), lost.clone());
  }

  BandLayer layer(int l) {
    return sensitivities.layers().get(l).layer();
  }

  int layers() {
    return chosen.length;
  }

  /** For each channel of layer l the place of its threshold; for callers to read. */
  int[] places(int l) {
    return chosen[l];
  }

  /** Gives all channels of layer l other thresholds. */
  void move(int l, int[] places) {
    add(l, places, lost);
    chosen[l] = places.clone();
  }

  /** Lets layer l keep everything. */
  void restore(int l) {
    move(l, whole(l));
  }

  private int[] whole(int l) {
    int[] places = new int[chosen[l].length];
    Arrays.fill(places, layer(l).thresholds().size() - 1);
    return places;
  }

  boolean isWhole(int l) {
    return Arrays.equals(chosen[l], whole(l));
  }

  private void add(int l, int[] places, double[] sums) {
    LayerSensitivity sensitivity = sensitivities.layers().get(l);
    for (int c = 0; c < places.length; c++) {
      if (places[c] != chosen[l][c]) {
        for (int n = 1; n < sums.length; n += 2) {
          sums[n] += sensitivity.change(c, chosen[l][c], places[c], n);
        }
      }
    }
  }

  /** The predicted loss: half the mean square of what the pictures lose that judge. */
  double loss() {
    return loss(lost);
  }

  private static double loss(double[] lost) {
    double sum = 0;
    for (int n = 1; n < lost.length; n += 2) {
      sum += lost[n] * lost[n];
    }
    return sum / (2 * Math.max(lost.length / 2, 1));
  }

  /** What the predicted loss falls by if layer l alone keeps everything. */
  double lossOf(int l) {
    double[] without = lost.clone();
    add(l, whole(l), without);
    return loss() - loss(without);
  }

  /** Layers that keep everything are left out. */
  BandsFile bands() {
    SequencedMap<String, BandLimit> limits = new LinkedHashMap<>();
    for (int l = 0; l < chosen.length; l++) {
      if (!isWhole(l)) {
        List<Integer> thresholds = layer(l).thresholds();
        limits.put(layer(l).name(), layer(l).limit(Arrays.stream(chosen[l]).map(thresholds::get).toArray()));
      }
    }
    return new BandsFile(limits);
  }
}
