package dev.lowpass.learn.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.learn.choice.TimeModel;
import dev.lowpass.learn.network.Network;
import dev.lowpass.learn.sensitivity.BandLayer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Trains the weights of a network and the thresholds of its layers together. The loss is what the task says plus a
 * price for each predicted microsecond, which rises while the network is slower than it shall be and falls while it is
 * faster.
 */
public final class Trainer implements AutoCloseable {
  /** Steps after which the compiler is asked again how long the network takes. */
  private static final int PREDICTION = 10;

  private static final String PROGRESS = "progress";

  /** How fast the price follows: by which part it rises in a step, for a part that the time is over. */
  private static final double PRICE_RATE = 2;

  /**
   * The most by which it rises or falls in all: a time that cannot be reached shall not end in numbers that are none,
   * and one that was kept for long shall not let the price sleep.
   */
  private static final float PRICE_RANGE = 1e4f;

  private final Network network;
  private final Thresholds thresholds;
  private final TimeModel times;
  private final double[] slopes;
  private final TrainingData data;
  private final Task task;
  private final Schedule schedule;
  private final double wanted;
  private final float firstPrice;
  private final NDManager manager;
  private final Adam weightMoves;
  private final Adam thresholdMoves;
  private final Average average;
  private final BestMoment best;

  /** As a checkpoint keeps it, so that a training that is resumed goes on with the same. */
  private float price;

  private double microseconds;
  private int step;

  /**
   * A training that has not begun.
   *
   * @param thresholds of {@code layers}
   * @param wanted microseconds that the compiler shall predict at the end
   * @param price of a microsecond at the start, in units of the task's loss
   */
  public Trainer(
      Network network,
      List<BandLayer> layers,
      Thresholds thresholds,
      TimeModel times,
      TrainingData data,
      Task task,
      Schedule schedule,
      double wanted,
      double price) {
    this.network = network;
    this.thresholds = thresholds;
    this.times = times;
    this.slopes = layers.stream().mapToDouble(times::slope).toArray();
    this.data = data;
    this.task = task;
    this.schedule = schedule;
    this.wanted = wanted;
    this.firstPrice = (float) price;
    this.price = firstPrice;
    this.manager = network.manager().newSubManager();
    this.weightMoves = new Adam(network.weights(), manager);
    this.thresholdMoves = new Adam(thresholds.arrays(), manager);
    this.average = new Average(network.weights(), schedule.averaged(), manager);
    this.best = new BestMoment(network.weights(), manager);
    this.microseconds = times.of(thresholds.rounded());
  }

  /** Steps that were done. */
  public int step() {
    return step;
  }

  public boolean isDone() {
    return step >= schedule.steps();
  }

  /** Whether the bands are those of the end. */
  public boolean isSettled() {
    return thresholds.arrays().isEmpty() || step > schedule.annealed();
  }

  /** Of a microsecond, in units of the task's loss. */
  double price() {
    return price;
  }

  /** What the compiler predicts for thresholds as they were rounded last. */
  public double microseconds() {
    return microseconds;
  }

  /**
   * One step.
   *
   * @return the task's loss; where it is not a number weights are none any more either
   */
  public double next() {
    boolean annealing = step < schedule.annealed();
    boolean moving = annealing && schedule.thresholdRate() > 0;
    if (moving && step % PREDICTION == 0) {
      microseconds = times.of(thresholds.rounded());
      double factor = Math.exp(Math.clamp(PRICE_RATE * PREDICTION * (microseconds / wanted - 1), -1, 1));
      price = Math.clamp(price * (float) factor, firstPrice / PRICE_RANGE, firstPrice * PRICE_RANGE);
    }
    if (step == schedule.annealed()) {
      thresholds.settle(bands -> times.of(bands) <= wanted);
      if (schedule.thresholdRate() > 0) {
        thresholds.keep(times.filled(thresholds.rounded()));
      }
      microseconds = times.of(thresholds.rounded());
    }
    thresholds.soften(schedule.softnessAt(step));
    require(moving);
    double loss = learn(data.batch(step, schedule.batch()), moving);
    step++;
    weightMoves.step(step, schedule.rateAt(step - 1));
    average.add();
    if (moving) {
      thresholdMoves.step(step, schedule.thresholdRateAt(step - 1));
      thresholds.bound();
    }
    return loss;
  }

  private void require(boolean moving) {
    network.weights().values().forEach(weight -> weight.setRequiresGradient(true));
    thresholds.arrays().values().forEach(array -> array.setRequiresGradient(moving));
  }

  private double learn(TrainingData.Batch batch, boolean moving) {
    try (NDManager scratch = manager.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      thresholds.attach(scratch);
      Value input = network.graph().inputs().getFirst();
      Shape shape = new Shape(batch.size(), data.channels(), data.rows(), data.columns());
      Map<String, NDArray> inputs = Map.of(input.name(), scratch.create(batch.pictures(), shape));
      NDList outputs = network.run(scratch, inputs, thresholds);
      NDArray loss = task.loss(scratch, batch, outputs);
      NDArray priced = moving ? loss.add(thresholds.price(scratch, microseconds, slopes).mul(price)) : loss;
      collector.backward(priced);
      return loss.getFloat();
    }
  }

  /**
   * Gives the network the mean of its weights over the last steps, which is the better network; a second time gives
   * back those that are trained.
   */
  public void exchangeWeights() {
    average.exchange();
  }

  /** The best moment that was seen. */
  public BestMoment best() {
    return best;
  }

  /** Keeps the training in {@code file}: LP6020 if it cannot be written. */
  public void save(Path file) {
    try (NDManager scratch = manager.newSubManager()) {
      SequencedMap<String, NDArray> arrays = arrays();
      arrays.put(PROGRESS, scratch.create(new float[] {step, price}));
      new Checkpoint(arrays).write(file);
    }
  }

  /** Goes on where {@code file} was saved: LP6021 if it is of another training. */
  public void resume(Path file) {
    try (NDManager scratch = manager.newSubManager()) {
      SequencedMap<String, NDArray> arrays = arrays();
      NDArray progress = scratch.zeros(new Shape(2));
      arrays.put(PROGRESS, progress);
      new Checkpoint(arrays).read(file);
      step = Math.round(progress.getFloat(0));
      price = progress.getFloat(1);
      microseconds = times.of(thresholds.rounded());
    }
  }

  private SequencedMap<String, NDArray> arrays() {
    SequencedMap<String, NDArray> arrays = new LinkedHashMap<>();
    network.weights().forEach((name, array) -> arrays.put("weight/" + name, array));
    thresholds.arrays().forEach((name, array) -> arrays.put("threshold/" + name, array));
    average.state().forEach((name, array) -> arrays.put("average/" + name, array));
    best.state().forEach((name, array) -> arrays.put("best/" + name, array));
    weightMoves.state().forEach((name, array) -> arrays.put("weight-" + name, array));
    thresholdMoves.state().forEach((name, array) -> arrays.put("threshold-" + name, array));
    return arrays;
  }

  /** The bands as they would be now: of layers that run low-passed with thresholds rounded. */
  public BandsFile bands() {
    return times.lowpassed(thresholds.rounded());
  }

  @Override
  public void close() {
    manager.close();
  }
}
