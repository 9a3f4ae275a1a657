package dev.lowpass.learn.choice;

import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.learn.sensitivity.LayerSensitivity;
import dev.lowpass.learn.sensitivity.Sensitivities;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Thresholds that lose least for the time that they save. At a price of loss for a microsecond, each channel takes the
 * threshold at which loss and paid time together are least, and a layer whose saving is not worth its loss is left
 * whole. The price rises until the network is fast enough.
 *
 * <p>Errors of a layer's channels, and of layers, add up coherently: to several times what each would do alone. By how
 * much, pictures say that had no part in the choice of thresholds.
 */
public final class BandPath {
  /** Natural logarithm of a step of the price. */
  private static final double STEP = 0.25;

  /** Prices in units of loss a microsecond: below any at which something is dropped, and beyond any that matters. */
  private static final double LOWEST = 1e-9;

  private static final double HIGHEST = 10;

  private static final int BISECTIONS = 6;

  /** Times that a layer's channels choose before its coherence is taken as known. */
  private static final int ROUNDS = 2;

  /** The most that errors are taken to add up by. */
  private static final double MOST_COHERENT = 50;

  private final Sensitivities sensitivities;
  private final TimeModel times;
  private final double[] slopes;
  private final List<double[][]> squares;
  private final double[] coherence;

  public BandPath(Sensitivities sensitivities, TimeModel times) {
    this.sensitivities = sensitivities;
    this.times = times;
    this.squares = sensitivities.layers().stream().map(LayerSensitivity::squares).toList();
    this.slopes = sensitivities.layers().stream().map(LayerSensitivity::layer).mapToDouble(times::slope).toArray();
    this.coherence = new double[slopes.length];
    Arrays.fill(coherence, 1);
  }

  /**
   * What was found.
   *
   * @param bands of layers that run low-passed
   * @param microseconds predicted for the network
   * @param loss predicted from the sensitivities
   * @param price of a microsecond, in units of loss
   */
  public record Point(BandsFile bands, double microseconds, double loss, double price) {}

  /**
   * The bands of least loss with which the network takes at most {@code microseconds}; the fastest found where none is
   * as fast.
   *
   * @param start at which sensitivities were measured
   */
  public Point within(double microseconds, BandsFile start) {
    double low = LOWEST;
    double high = LOWEST;
    Point point = settle(start, high);
    while (point.microseconds() > microseconds && high < HIGHEST) {
      low = high;
      high *= Math.exp(STEP);
      point = settle(start, high);
    }
    for (int i = 0; i < BISECTIONS && low < high; i++) {
      double middle = Math.sqrt(low * high);
      Point found = settle(start, middle);
      if (found.microseconds() <= microseconds) {
        point = found;
        high = middle;
      } else {
        low = middle;
      }
    }
    return point;
  }

  /** Lets channels choose at {@code price}, leaves layers whole that are not worth it, and lets the others choose again. */
  private Point settle(BandsFile start, double price) {
    Cut cut = Cut.of(sensitivities, start);
    Set<Integer> active = new LinkedHashSet<>();
    IntStream.range(0, cut.layers()).forEach(active::add);
    while (true) {
      for (int round = 0; round < ROUNDS; round++) {
        active.forEach(l -> cut.move(l, cheapest(cut, l, price)));
        active.forEach(l -> coherence[l] = Math.sqrt(coherence[l] * coherence(cut, l)));
      }
      TimeModel.Prediction prediction = times.of(cut.bands());
      List<Integer> worthless = active.stream().filter(l -> !isWorthwhile(cut, l, price, prediction)).toList();
      worthless.forEach(cut::restore);
      worthless.forEach(active::remove);
      if (worthless.isEmpty()) {
        return new Point(cut.bands(), prediction.microseconds(), cut.loss(), price);
      }
    }
  }

  private static boolean isWorthwhile(Cut cut, int l, double price, TimeModel.Prediction prediction) {
    double saving = prediction.savings().getOrDefault(cut.layer(l).name(), 0.0);
    return cut.isWhole(l) || cut.lossOf(l) < price * saving;
  }

  private int[] cheapest(Cut cut, int l, double price) {
    List<Integer> thresholds = cut.layer(l).thresholds();
    int[] places = new int[cut.layer(l).channels()];
    for (int c = 0; c < places.length; c++) {
      double least = Double.POSITIVE_INFINITY;
      for (int place = thresholds.size() - 1; place >= 0; place--) {
        double paid = price * slopes[l] * thresholds.get(place);
        double sum = coherence[l] * squares.get(l)[c][place] / 2 + paid;
        if (sum < least) {
          least = sum;
          places[c] = place;
        }
      }
    }
    return places;
  }

  /** What layer l adds to the loss by what its channels would lose alone. */
  private double coherence(Cut cut, int l) {
    double alone = 0;
    int[] places = cut.places(l);
    for (int c = 0; c < places.length; c++) {
      alone += squares.get(l)[c][places[c]] / 2;
    }
    return alone == 0 ? coherence[l] : Math.clamp(cut.lossOf(l) / alone, 1 / MOST_COHERENT, MOST_COHERENT);
  }
}
