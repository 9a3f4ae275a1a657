package dev.lowpass.learn;

import ai.djl.ndarray.NDManager;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.learn.answer.Answer;
import dev.lowpass.learn.choice.PayingLayers;
import dev.lowpass.learn.data.Batches;
import dev.lowpass.learn.data.Examples;
import dev.lowpass.learn.data.LearningListener;
import dev.lowpass.learn.judge.Judge;
import dev.lowpass.learn.judge.Score;
import dev.lowpass.learn.network.BandMasks;
import dev.lowpass.learn.network.Network;
import dev.lowpass.learn.network.TrainingEngine;
import dev.lowpass.learn.sensitivity.BandLayer;
import dev.lowpass.learn.train.Schedule;
import dev.lowpass.learn.train.Task;
import dev.lowpass.learn.train.Thresholds;
import dev.lowpass.learn.train.Trainer;
import dev.lowpass.learn.train.TrainingData;
import dev.lowpass.learn.train.WayBack;
import dev.lowpass.passes.cost.CostModel;
import dev.lowpass.passes.machine.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Learns weights and thresholds of a model together: the paper's method, with the compiler's prices as regulariser. It
 * begins with bands that were found untrained and with the weights as they are.
 *
 * <p>Closing it frees its memory.
 */
public final class Learner implements AutoCloseable {
  /** Price of a microsecond at the start, as a part of the loss a percent of the time: the training corrects it. */
  private static final double FIRST_PRICE = 0.02;

  /** Held-out pictures that are computed side by side. */
  private static final int BATCH = 20;

  private final NDManager manager;
  private final SizedNetwork sized;
  private final Thresholds thresholds;
  private final Trainer trainer;
  private final WayBack wayBack;
  private final Judge judge;
  private final Settings settings;
  private final Task task;

  /**
   * How to learn.
   *
   * @param evaluateEvery steps between looks at held-out pictures
   * @param patience looks without an improvement, after thresholds have settled, that end the training early
   * @param checkpoint a file in which the training is kept, and from which it goes on if it is there
   */
  public record Settings(Schedule schedule, int evaluateEvery, int patience, Optional<Path> checkpoint) {}

  /**
   * A training that has not begun.
   *
   * @param whole canonical and spatial
   * @param start the bands to begin with, of the layers where they pay, and the size of the picture
   * @param microseconds that the compiler shall predict at the end
   * @param heldOut by which the best moment is chosen: against what {@code whole} answers, or their classes, as
   *     {@code task} has it
   */
  public Learner(
      Graph whole,
      BandsFile start,
      Machine machine,
      CostModel prices,
      TrainingData data,
      Task task,
      Examples heldOut,
      double microseconds,
      Settings settings) {
    this.settings = settings;
    this.task = task;
    this.manager = TrainingEngine.newManager();
    try {
      Optional<InputSize> size = start.inputs().values().stream().findFirst();
      this.sized = SizedNetwork.of(whole, size, machine, prices, manager);
      List<BandLayer> layers = layers(sized, start, microseconds);
      this.thresholds = Thresholds.of(layers, start, manager);
      this.wayBack = WayBack.to(sized.network().weights());
      double price = FIRST_PRICE * 100 / microseconds;
      this.trainer =
          new Trainer(
              sized.network(), layers, thresholds, sized.times(), data, task, settings.schedule(), microseconds, price);
      try (SizedNetwork full = SizedNetwork.of(whole, Optional.empty(), machine, prices, manager)) {
        Network network = full.network();
        Batches held = Batches.of(heldOut, whole, BATCH);
        this.judge = Judge.of(network, Answer.of(network.graph()), held, manager, LearningListener.silent());
      }
      settings.checkpoint().filter(Files::exists).ifPresent(trainer::resume);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Those that the start names, in its blocks; where it names none and time must still be saved, all where bands can pay. */
  private static List<BandLayer> layers(SizedNetwork sized, BandsFile start, double microseconds) {
    if (start.layers().isEmpty() && sized.times().whole() > microseconds) {
      return PayingLayers.of(sized.layers(), sized.times());
    }
    List<BandLayer> named = new ArrayList<>();
    for (BandLayer layer : sized.layers()) {
      start.of(layer.name()).ifPresent(limit -> named.add(new BandLayer(layer.node(), limit.block(), limit.order())));
    }
    return named;
  }

  /** Hears how a training goes. */
  public interface Listener extends LearningListener {
    /** After each step: the task's loss (the last step's may be no number), and the time that is predicted for what the network would keep now. */
    void step(int step, double loss, double microseconds);

    /** After each look at held-out pictures. */
    void evaluated(int step, Score score, double microseconds, boolean best);

    /** After a look at a network between the one that it began with and the best moment: {@code part} of the way. */
    void between(double part, Score score);
  }

  /**
   * Trains to the end, or until held-out pictures no longer gain, or the loss is not a number; the best candidate on
   * them.
   *
   * @throws LowpassException LP6022 for a loss that is not a number before there was a candidate
   */
  public Candidate run(Listener listener) {
    int steps = settings.schedule().steps();
    if (trainer.step() == 0) {
      evaluate(listener);
    }
    while (!trainer.isDone() && trainer.best().looksSince() < settings.patience()) {
      listener.stage("learn", trainer.step(), steps);
      double loss = trainer.next();
      listener.step(trainer.step(), loss, trainer.microseconds());
      if (!Double.isFinite(loss)) {
        requireCandidate(loss);
        break;
      }
      if (trainer.step() % settings.evaluateEvery() == 0 || trainer.isDone()) {
        evaluate(listener);
        settings.checkpoint().ifPresent(trainer::save);
      }
    }
    listener.stage("learn", steps, steps);
    return best(listener);
  }

  private void requireCandidate(double loss) {
    if (!trainer.best().isThere()) {
      throw new LowpassException(
          "LP6022",
          "step " + trainer.step(),
          "the loss is %s; a lower rate than %s may help".formatted(loss, settings.schedule().rate()));
    }
  }

  private void evaluate(Listener listener) {
    trainer.exchangeWeights();
    try {
      Score score = score();
      boolean improved = trainer.isSettled() && trainer.best().look(lost(score));
      listener.evaluated(trainer.step(), score, trainer.microseconds(), improved);
    } finally {
      trainer.exchangeWeights();
    }
  }

  /** Of the network with the weights and bands that it has now, on held-out pictures. */
  private Score score() {
    Network network = sized.network();
    try (BandMasks masks = BandMasks.of(network.graph(), trainer.bands(), manager)) {
      return judge.score(network, masks, LearningListener.silent());
    }
  }

  /** The network of the best moment; after thresholds have settled bands stay. */
  private Candidate best(Listener listener) {
    if (trainer.best().isThere()) {
      trainer.best().restore();
    }
    Score score =
        switch (task) {
          case Task.Distillation _ -> alongTheWayBack(listener);
          case Task.Classification _ -> score();
        };
    return new Candidate(sized.trained(), sized.sized(trainer.bands()), trainer.microseconds(), score);
  }

  /**
   * Leaves the network at the place of the way back where most answers are the whole network's. Whoever learns classes
   * has no way back: the beginning may know nothing of them.
   */
  private Score alongTheWayBack(Listener listener) {
    WayBack.Walk walk = wayBack.from();
    SequencedMap<Double, Score> scores = new LinkedHashMap<>();
    for (double part : WayBack.PARTS) {
      walk.to(part);
      scores.put(part, score());
      listener.between(part, scores.get(part));
    }
    Comparator<Map.Entry<Double, Score>> better =
        Comparator.comparing(place -> place.getValue().agreeing(), Comparator.reverseOrder());
    Map.Entry<Double, Score> best =
        scores.entrySet().stream()
            .min(better.thenComparing(place -> place.getValue().loss()))
            .orElseThrow();
    walk.to(best.getKey());
    return best.getValue();
  }

  /** What the best moment has least of: what is learnt, on held-out pictures. */
  private double lost(Score score) {
    return switch (task) {
      case Task.Distillation _ -> score.loss();
      case Task.Classification _ -> score.crossEntropy();
    };
  }

  @Override
  public void close() {
    trainer.close();
    thresholds.close();
    sized.close();
    manager.close();
  }
}
