package dev.lowpass.testsuite.bench;

import ai.djl.ndarray.NDManager;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.learn.answer.Answer;
import dev.lowpass.learn.choice.PayingLayers;
import dev.lowpass.learn.choice.TimeModel;
import dev.lowpass.learn.data.Examples;
import dev.lowpass.learn.network.Network;
import dev.lowpass.learn.network.TrainingEngine;
import dev.lowpass.learn.sensitivity.BandLayer;
import dev.lowpass.learn.train.Augmentation;
import dev.lowpass.learn.train.Schedule;
import dev.lowpass.learn.train.Task;
import dev.lowpass.learn.train.Thresholds;
import dev.lowpass.learn.train.Trainer;
import dev.lowpass.learn.train.TrainingData;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.cost.Prices;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * {@code TrainingStepCost MODEL.onnx ROUNDS} times steps of two trainings of a classifier in turns, on noise: one with
 * thresholds for all layers where bands can pay, one without any. The teacher has no part in it.
 */
public final class TrainingStepCost {
  private static final int BATCH = 16;

  /** Rounds before the first that counts. */
  private static final int WARM_UP = 2;

  private TrainingStepCost() {}

  public static void main(String[] arguments) {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("TrainingStepCost MODEL.onnx ROUNDS");
    }
    int rounds = Integer.parseInt(arguments[1]);
    Machine machine = Machines.AVX512;
    Graph read = OnnxReader.read(Path.of(arguments[0]), ImportOptions.defaults()).graph();
    Graph graph = PassManager.verifying().run(Pipelines.canonical(), read, PassContext.of(machine));
    TimeModel times = TimeModel.of(graph, new LinkedHashMap<>(), machine, Prices.of(machine));
    Schedule schedule = new Schedule(10 * (rounds + WARM_UP), BATCH, 1e-6, 0.01, 1);
    try (NDManager manager = TrainingEngine.newManager();
        Network dense = Network.of(Answer.scored(times.graph()), manager);
        Network masked = Network.of(Answer.scored(times.graph()), manager)) {
      List<BandLayer> layers = PayingLayers.of(BandLayer.of(masked.graph()), times);
      try (Trainer plain = trainer(dense, List.of(), times, schedule, manager);
          Trainer thresholds = trainer(masked, layers, times, schedule, manager)) {
        System.out.printf("%d masked layers, batch %d%n", layers.size(), BATCH);
        List<Double> ratios = new ArrayList<>();
        for (int round = -WARM_UP; round < rounds; round++) {
          double without = seconds(plain);
          double with = seconds(thresholds);
          if (round >= 0) {
            ratios.add(with / without);
            System.out.printf("dense %.2f s, masked %.2f s, ratio %.2f%n", without, with, with / without);
          }
        }
        Collections.sort(ratios);
        System.out.printf("median ratio %.2f%n", ratios.get(ratios.size() / 2));
      }
    }
  }

  private static double seconds(Trainer trainer) {
    long start = System.nanoTime();
    trainer.next();
    return (System.nanoTime() - start) / 1e9;
  }

  private static Trainer trainer(
      Network network, List<BandLayer> layers, TimeModel times, Schedule schedule, NDManager manager) {
    Shape picture = network.graph().inputs().getFirst().type().shape();
    Examples noise = new Noise(picture);
    TrainingData data =
        new TrainingData(noise, Augmentation.NONE, picture.dim(1), picture.dim(2), picture.dim(3), 1);
    Thresholds thresholds = Thresholds.of(layers, new BandsFile(new LinkedHashMap<>()), manager);
    return new Trainer(
        network, layers, thresholds, times, data, new Task.Classification(0), schedule, 0.8 * times.whole(), 1e-6);
  }

  /** @param picture [N, C, H, W], of which N is not looked at */
  private record Noise(Shape picture) implements Examples {
    @Override
    public int size() {
      return BATCH;
    }

    @Override
    public void read(int index, float[] target, int offset) {
      SplittableRandom random = new SplittableRandom(index);
      int plane = picture.dim(1) * picture.dim(2) * picture.dim(3);
      for (int i = 0; i < plane; i++) {
        target[offset + i] = random.nextFloat() * 2 - 1;
      }
    }

    @Override
    public OptionalInt label(int index) {
      return OptionalInt.of(index % 10);
    }
  }
}
