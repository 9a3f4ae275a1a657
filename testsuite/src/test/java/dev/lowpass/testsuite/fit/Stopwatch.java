package dev.lowpass.testsuite.fit;

import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.cli.engine.SeededTensors;
import dev.lowpass.runtime.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times of each step of several artifacts. They take turns, step after step in sequence, so that weights are as cold as
 * in an inference and the machine's moods meet all alike.
 */
final class Stopwatch {
  /** Inferences a turn: the first one also warms up what the artifact before it drove out of the caches. */
  private static final int TURN = 5;

  /** Of the turns' medians, the part that is ignored as too good: a machine has fast seconds, too. */
  private static final double QUANTILE = 0.2;

  private final List<LowpassEngine> engines;

  Stopwatch(List<Contestant> contestants) {
    this.engines = contestants.stream().map(Contestant::engine).toList();
    engines.forEach(engine -> engine.bound(SeededTensors.of(engine.inputs())));
  }

  /** Microseconds by artifact and step. */
  List<double[]> measure(int turns) {
    List<List<Profile>> profiles = new ArrayList<>();
    engines.forEach(_ -> profiles.add(new ArrayList<>()));
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < engines.size(); i++) {
        profiles.get(i).add(engines.get(i).profile(TURN));
      }
    }
    return profiles.stream().map(Stopwatch::quantiles).toList();
  }

  private static double[] quantiles(List<Profile> turns) {
    double[] times = new double[turns.getFirst().steps().size()];
    for (int step = 0; step < times.length; step++) {
      int at = step;
      double[] sorted = turns.stream().mapToDouble(turn -> turn.steps().get(at).microseconds()).toArray();
      Arrays.sort(sorted);
      times[step] = sorted[(int) (QUANTILE * sorted.length)];
    }
    return times;
  }
}
