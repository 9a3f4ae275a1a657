package dev.lowpass.learn.choice;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.learn.sensitivity.LayerSensitivity;
import dev.lowpass.learn.sensitivity.Sensitivities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Thresholds that lose least for what they save. At a price of loss for a unit of expense, a microsecond for instance,
 * each channel takes the threshold at which loss and paid expense together are least, and of all layers those run
 * low-passed for which both together are least. The price rises until the network is cheap enough.
 *
 * <p>Errors of a layer's channels, and of layers, add up coherently: to several times what each would do alone. By how
 * much, pictures say that had no part in the choice of thresholds.
 */
public final class BandPath {
  /**
   * Prices at which a network that costs 1 would lose so much: below any at which something is dropped, and beyond any
   * at which an answer is left.
   */
  private static final double LOWEST = 1e-4;

  private static final double HIGHEST = 1e3;

  /** To a few thousandths of the price. */
  private static final int BISECTIONS = 12;

  /** Times that channels choose, and then layers, before coherence is taken as known. */
  private static final int ROUNDS = 3;

  /** The most that errors are taken to add up by. */
  private static final double MOST_COHERENT = 50;

  private final List<LayerSensitivity> layers;
  private final Expense expense;
  private final double[] slopes;
  private final List<double[][]> squares;
  private final double[] coherence;
  private final double[] base;

  /** @param start the cut at which {@code sensitivities} were measured */
  public BandPath(Sensitivities sensitivities, BandsFile start, Expense expense) {
    this.layers = sensitivities.layers();
    this.expense = expense;
    this.squares = layers.stream().map(LayerSensitivity::squares).toList();
    this.slopes = layers.stream().map(LayerSensitivity::layer).mapToDouble(expense::slope).toArray();
    this.coherence = new double[layers.size()];
    Arrays.fill(coherence, 1);
    this.base = sensitivities.judgedLoss();
    for (int l = 0; l < layers.size(); l++) {
      BandLimit limit = start.of(layers.get(l).layer().name()).orElseGet(layers.get(l).layer()::full);
      add(LayerCut.of(layers.get(l), squares.get(l), limit).lost(), -1, base);
    }
  }

  private static void add(double[] lost, double factor, double[] sums) {
    for (int n = 0; n < sums.length; n++) {
      sums[n] += factor * lost[n];
    }
  }

  /**
   * What was found.
   *
   * @param bands of layers that run low-passed
   * @param expense of the network
   * @param loss predicted from the sensitivities
   * @param price of a unit of expense, in units of loss
   */
  public record Point(BandsFile bands, double expense, double loss, double price) {}

  /**
   * The bands of least loss with which the network costs at most {@code most}; the cheapest found where none is as
   * cheap.
   */
  public Point within(double most) {
    double low = LOWEST / expense.whole();
    double high = HIGHEST / expense.whole();
    Point point = settle(high);
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = Math.sqrt(low * high);
      Point found = settle(middle);
      if (found.expense() <= most) {
        point = found;
        high = middle;
      } else {
        point = found.expense() < point.expense() ? found : point;
        low = middle;
      }
    }
    return point;
  }

  private Point settle(double price) {
    List<LayerCut> cuts = new ArrayList<>();
    Set<Integer> chosen = new LinkedHashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      cuts.clear();
      for (int l = 0; l < layers.size(); l++) {
        cuts.add(LayerCut.cheapest(layers.get(l), squares.get(l), coherence[l], price * slopes[l]));
      }
      chosen = choose(cuts, price);
      for (int l = 0; l < layers.size(); l++) {
        coherence[l] = Math.sqrt(coherence[l] * coherence(cuts, chosen, l));
      }
    }
    BandsFile bands = bands(cuts, chosen);
    return new Point(bands, expense.of(bands), loss(cuts, chosen), price);
  }

  /** Layers to low-pass, by their place. */
  private Set<Integer> choose(List<LayerCut> cuts, double price) {
    SequencedMap<String, Integer> places = new LinkedHashMap<>();
    Set<Integer> all = new LinkedHashSet<>();
    for (int l = 0; l < cuts.size(); l++) {
      places.put(cuts.get(l).node(), l);
      all.add(l);
    }
    double none = loss(cuts, Set.of());
    Set<String> best =
        expense.best(bands(cuts, all), set -> (loss(cuts, places(set, places)) - none) / price);
    return places(best, places);
  }

  private static Set<Integer> places(Set<String> nodes, SequencedMap<String, Integer> places) {
    Set<Integer> found = new LinkedHashSet<>();
    nodes.forEach(node -> found.add(places.get(node)));
    return found;
  }

  /** Half the mean square of what judging pictures lose. */
  private double loss(List<LayerCut> cuts, Set<Integer> chosen) {
    double[] lost = base.clone();
    chosen.forEach(l -> add(cuts.get(l).lost(), 1, lost));
    return Arrays.stream(lost).map(each -> each * each).sum() / (2 * Math.max(lost.length, 1));
  }

  /** What layer l adds to the loss by what its channels would lose alone. */
  private double coherence(List<LayerCut> cuts, Set<Integer> chosen, int l) {
    double alone = cuts.get(l).alone();
    if (alone == 0) {
      return coherence[l];
    }
    Set<Integer> with = new LinkedHashSet<>(chosen);
    with.add(l);
    Set<Integer> without = new LinkedHashSet<>(chosen);
    without.remove(l);
    double added = loss(cuts, with) - loss(cuts, without);
    return Math.clamp(added / alone, 1 / MOST_COHERENT, MOST_COHERENT);
  }

  /** Layers that keep everything are left out. */
  private static BandsFile bands(List<LayerCut> cuts, Set<Integer> chosen) {
    SequencedMap<String, BandLimit> limits = new LinkedHashMap<>();
    for (int l = 0; l < cuts.size(); l++) {
      LayerCut cut = cuts.get(l);
      if (chosen.contains(l) && !cut.isWhole()) {
        limits.put(cut.sensitivity().layer().name(), cut.limit());
      }
    }
    return new BandsFile(limits);
  }
}
