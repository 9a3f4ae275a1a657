package dev.lowpass.codegen.fit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Times of several networks. They take turns, and steps run in sequence, so that weights are as cold as in an inference
 * and the machine's moods meet all alike. Of the turns a low quantile counts: whatever else the machine does only ever
 * adds, but it has fast seconds, too.
 *
 * @param budget the time that all turns together may take, after a few that are taken in any case
 */
public record Stopwatch(List<TimedNetwork> networks, Duration budget) {
  /** Inferences a turn: the first one also warms up what the network before it drove out of the caches. */
  private static final int TURN = 5;

  private static final int LEAST_TURNS = 8;
  private static final int MOST_TURNS = 100;
  private static final double QUANTILE = 0.2;

  public Stopwatch {
    networks = List.copyOf(networks);
  }

  /**
   * Microseconds by network and step.
   *
   * @param done hears which part of the time is over, up to 1
   */
  public List<double[]> steps(DoubleConsumer done) {
    return measure(network -> network.profile(TURN), done);
  }

  /** Microseconds of an inference, by network. */
  public double[] inferences(DoubleConsumer done) {
    return measure(Stopwatch::inference, done).stream().mapToDouble(time -> time[0]).toArray();
  }

  /** The shortest of a turn: an inference takes so long that busy neighbours interrupt most of them. */
  private static double[] inference(TimedNetwork network) {
    return new double[] {IntStream.range(0, TURN).mapToDouble(_ -> network.run()).min().orElseThrow()};
  }

  private List<double[]> measure(Function<TimedNetwork, double[]> turn, DoubleConsumer done) {
    List<List<double[]>> turns = new ArrayList<>();
    networks.forEach(_ -> turns.add(new ArrayList<>()));
    long start = System.nanoTime();
    for (int taken = 0; taken < MOST_TURNS; taken++) {
      double part = (double) (System.nanoTime() - start) / budget.toNanos();
      if (part >= 1 && taken >= LEAST_TURNS) {
        break;
      }
      done.accept(Math.min(part, 1));
      for (int i = 0; i < networks.size(); i++) {
        turns.get(i).add(turn.apply(networks.get(i)));
      }
    }
    return turns.stream().map(Stopwatch::quantiles).toList();
  }

  private static double[] quantiles(List<double[]> turns) {
    double[] quantiles = new double[turns.getFirst().length];
    for (int at = 0; at < quantiles.length; at++) {
      int index = at;
      double[] sorted = turns.stream().mapToDouble(turn -> turn[index]).sorted().toArray();
      quantiles[at] = sorted[(int) (QUANTILE * sorted.length)];
    }
    return quantiles;
  }
}
