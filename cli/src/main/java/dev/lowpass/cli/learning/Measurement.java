package dev.lowpass.cli.learning;

import dev.lowpass.cli.bench.Interleaved;
import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.runtime.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How engines are timed beside each other.
 *
 * @param rounds how often their turn comes, at least once
 */
public record Measurement(int rounds) {
  private static final int CALLS = 5;

  /** Times of one inference of each of {@code engines} on {@code sample}, in turns. */
  List<Latency> of(List<Engine> engines, Sample sample) throws IOException {
    List<Runnable> bound = new ArrayList<>();
    for (Engine engine : engines) {
      Tensor input = sample.tensor(engine.inputs().getFirst());
      bound.add(engine.bound(Map.of(engine.inputs().getFirst().name(), input)));
    }
    return new Interleaved(rounds, CALLS).measure(bound);
  }
}
