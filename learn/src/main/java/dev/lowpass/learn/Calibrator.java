package dev.lowpass.learn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.bands.MapSize;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.learn.answer.Answer;
import dev.lowpass.learn.choice.BandPath;
import dev.lowpass.learn.choice.Expense;
import dev.lowpass.learn.choice.MultiplyAdds;
import dev.lowpass.learn.choice.PooledScales;
import dev.lowpass.learn.data.Batches;
import dev.lowpass.learn.data.Examples;
import dev.lowpass.learn.data.LearningListener;
import dev.lowpass.learn.judge.Judge;
import dev.lowpass.learn.judge.Score;
import dev.lowpass.learn.network.BandMasks;
import dev.lowpass.learn.network.LayerInput;
import dev.lowpass.learn.network.Network;
import dev.lowpass.learn.network.TrainingEngine;
import dev.lowpass.learn.sensitivity.Sensitivities;
import dev.lowpass.learn.sensitivity.SensitivityMeter;
import dev.lowpass.passes.cost.CostModel;
import dev.lowpass.passes.machine.Machine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Finds what a model can do without, untrained: the size of its picture, and bands for its layers.
 *
 * <p>Closing it frees its memory.
 */
public final class Calibrator implements AutoCloseable {
  /** Pictures that are computed side by side. */
  private static final int BATCH = 10;

  /** Bands that leave less than this part of the time have never been better than a smaller picture. */
  private static final double MOST_CUT = 0.7;

  private final Graph whole;
  private final Machine machine;
  private final CostModel prices;
  private final Settings settings;
  private final LearningListener listener;
  private final NDManager manager;
  private final Answer answer;
  private final Batches seen;
  private final List<NDList> answers;
  private final Judge judge;
  private final double dense;
  private final Map<List<Optional<InputSize>>, Optional<InputSize>> bestReadings = new HashMap<>();

  /**
   * How thoroughly to look.
   *
   * @param stages times that sensitivities are measured on the way: predicted losses are too small once many channels
   *     add up, and hold near the cut at which they were measured
   * @param seed of all that is drawn
   */
  public record Settings(int stages, long seed) {
    public static final Settings USUAL = new Settings(2, 1);

    public Settings {
      if (stages < 1) {
        throw new IllegalArgumentException("stages: 1 or more, not " + stages);
      }
    }
  }

  /**
   * A calibrator that has asked the whole model about all pictures.
   *
   * @param whole canonical and spatial
   * @param pictures by which bands are chosen
   * @param heldOut by which candidates are judged
   * @throws LowpassException LP6004, LP6005 as {@link Batches#of}, LP6010 without an engine, LP6011 for what cannot be
   *     differentiated
   */
  public Calibrator(
      Graph whole,
      Machine machine,
      CostModel prices,
      Examples pictures,
      Examples heldOut,
      Settings settings,
      LearningListener listener) {
    this.whole = whole;
    this.machine = machine;
    this.prices = prices;
    this.settings = settings;
    this.listener = listener;
    Batches all = Batches.of(pictures, whole, BATCH);
    Batches held = Batches.of(heldOut, whole, BATCH);
    this.manager = TrainingEngine.newManager();
    try (SizedNetwork full = sized(Optional.empty())) {
      Network network = full.network();
      int atOnce = network.picturesAtOnce(BATCH);
      this.seen = all.inGroupsOf(atOnce);
      this.answer = Answer.of(network.graph());
      this.answers = Judge.answers(network, seen, manager, listener);
      this.judge = Judge.of(network, answer, held.inGroupsOf(atOnce), manager, listener);
      this.dense = full.times().whole();
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private SizedNetwork sized(Optional<InputSize> size) {
    return SizedNetwork.of(whole, size, machine, prices, manager);
  }

  /** Predicted microseconds of the whole model. */
  public double dense() {
    return dense;
  }

  /** The model without bands, for pictures of another size: what anybody can do without this. */
  public Candidate smaller(Optional<InputSize> size) {
    try (SizedNetwork sized = sized(size)) {
      BandsFile none = sized.sized(new BandsFile(new LinkedHashMap<>()));
      return new Candidate(
          whole, none, sized.times().whole(), judge.score(sized.network(), LayerInput.WHOLE, listener));
    }
  }

  /** Predicted microseconds of the model without bands, for pictures of another size. */
  public double dense(Optional<InputSize> size) {
    try (SizedNetwork sized = sized(size)) {
      return sized.times().whole();
    }
  }

  /**
   * The model for pictures of some size, with the bands that lose least of those with which it takes at most {@code
   * microseconds}.
   */
  public Candidate within(Optional<InputSize> size, double microseconds) {
    try (SizedNetwork sized = sized(size)) {
      return cut(sized, sized.times(), microseconds);
    }
  }

  /** The model with the bands that lose least of those that keep this part of the layers' multiply-adds. */
  public Candidate keeping(double part) {
    try (SizedNetwork sized = sized(Optional.empty())) {
      MultiplyAdds expense = new MultiplyAdds(sized.layers());
      return cut(sized, expense, part * expense.whole());
    }
  }

  private Candidate cut(SizedNetwork sized, Expense expense, double most) {
    BandsFile cut = new BandsFile(new LinkedHashMap<>());
    Network network = sized.network();
    SensitivityMeter meter = new SensitivityMeter(network, sized.layers(), answer, seen, answers);
    for (int stage = 1; stage <= settings.stages(); stage++) {
      Sensitivities sensitivities = meter.at(cut, settings.seed(), listener);
      double wanted = expense.whole() * Math.pow(most / expense.whole(), stage / (double) settings.stages());
      cut = new BandPath(sensitivities, cut, expense).within(wanted).bands();
    }
    cut = expense.filled(cut);
    try (BandMasks masks = BandMasks.of(network.graph(), cut, manager)) {
      PooledScales.fold(network, masks, seen);
      Score score = judge.score(network, masks, listener);
      return new Candidate(sized.trained(), sized.sized(cut), sized.times().of(cut), score);
    }
  }

  /**
   * The best of all {@code sizes} within {@code microseconds}: the one of least loss on held-out pictures.
   *
   * @param sizes empty for the model's own; those far too slow or needlessly small are not looked at. Of several for
   *     maps of the same size the one that loses least without bands is taken: by classes, where they are known
   */
  public Candidate best(List<Optional<InputSize>> sizes, double microseconds) {
    List<Candidate> candidates = new ArrayList<>();
    boolean small = false;
    for (List<Optional<InputSize>> alike : ofTheSameMaps(sizes)) {
      double whole = dense(alike.getFirst());
      if (whole <= microseconds && !small) {
        candidates.add(smaller(bestReading(alike)));
        small = true;
      } else if (whole > microseconds && microseconds > MOST_CUT * whole) {
        candidates.add(within(bestReading(alike), microseconds));
      }
    }
    return candidates.stream()
        .min(Comparator.comparingDouble(candidate -> candidate.score().loss()))
        .orElseGet(() -> within(sizes.getFirst(), microseconds));
  }

  private static Collection<List<Optional<InputSize>>> ofTheSameMaps(List<Optional<InputSize>> sizes) {
    SequencedMap<Optional<MapSize>, List<Optional<InputSize>>> alike = new LinkedHashMap<>();
    sizes.forEach(size -> alike.computeIfAbsent(size.map(InputSize::map), _ -> new ArrayList<>()).add(size));
    return alike.values();
  }

  /** How pictures are best read for maps of one size: all of them, or more or less of their middle. */
  private Optional<InputSize> bestReading(List<Optional<InputSize>> alike) {
    return alike.size() == 1 ? alike.getFirst() : bestReadings.computeIfAbsent(alike, this::leastLosing);
  }

  private Optional<InputSize> leastLosing(List<Optional<InputSize>> sizes) {
    return sizes.stream().min(Comparator.comparingDouble(size -> lost(smaller(size).score()))).orElseThrow();
  }

  /**
   * Who reads the middle answers differently from who reads all, and is right more often for it: where classes are known
   * they decide.
   */
  private static double lost(Score score) {
    return score.labelled() > 0 ? score.crossEntropy() : score.loss();
  }

  @Override
  public void close() {
    manager.close();
  }
}
