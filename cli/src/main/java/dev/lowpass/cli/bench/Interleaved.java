package dev.lowpass.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures contestants against each other on a machine that has other things to do: every round times each of them a
 * few times, in an order that is reversed from round to round, so that what slows the machine for a while slows all of
 * them.
 *
 * @param rounds how many rounds, at least 1
 * @param calls how many calls of each contestant a round; the round's time is their median
 */
public record Interleaved(int rounds, int calls) {
  /** Until processor clocks, caches and the JVM's compiler have settled. */
  private static final int WARM_UP_ROUNDS = 3;

  /** Workers of the contestant before go on spinning, ONNX Runtime's for 50 ms, on cores that the next one wants. */
  private static final long SETTLING_NANOS = 80_000_000;

  public Interleaved {
    if (rounds < 1 || calls < 1) {
      throw new IllegalArgumentException(rounds + " rounds of " + calls + " calls; at least 1 each");
    }
  }

  /** Times each of {@code contestants}; latencies in the same order. */
  public List<Latency> measure(List<? extends Runnable> contestants) {
    double[][] milliseconds = new double[contestants.size()][rounds];
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        int next = round % 2 == 0 ? i : contestants.size() - 1 - i;
        double time = time(contestants.get(next));
        if (round >= 0) {
          milliseconds[next][round] = time;
        }
      }
    }
    List<Latency> latencies = new ArrayList<>();
    for (double[] each : milliseconds) {
      latencies.add(new Latency(each));
    }
    return latencies;
  }

  /** Waits until the workers of whoever ran before have stopped spinning. */
  public static void settle() {
    LockSupport.parkNanos(SETTLING_NANOS);
  }

  /** One untimed call first brings the contestant's data back into the caches that others have used. */
  private double time(Runnable contestant) {
    settle();
    contestant.run();
    double[] times = new double[calls];
    for (int call = 0; call < calls; call++) {
      long start = System.nanoTime();
      contestant.run();
      times[call] = (System.nanoTime() - start) / 1e6;
    }
    return new Latency(times).median();
  }
}
