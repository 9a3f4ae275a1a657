package dev.lowpass.passes.pass;

import dev.lowpass.ir.graph.Graph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Records how long each step took, verification and printing of its changes included. */
public final class PassTiming implements PassListener {
  /** One step; {@code applications} is how often it changed the graph. */
  public record Step(String pass, int applications, Duration time) {}

  private final List<Step> steps = new ArrayList<>();

  @Override
  public void after(Pass pass, Graph graph, int applications, Duration time) {
    steps.add(new Step(pass.name(), applications, time));
  }

  /** The steps so far, in the order in which they ran. */
  public List<Step> steps() {
    return List.copyOf(steps);
  }

  /** A table: milliseconds, changes and name of each step, then the sum. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    for (Step step : steps) {
      table.append("%10.2f ms %5d  %s%n".formatted(step.time().toNanos() / 1e6, step.applications(), step.pass()));
    }
    long sum = steps.stream().mapToLong(step -> step.time().toNanos()).sum();
    return table.append("%10.2f ms        total%n".formatted(sum / 1e6)).toString();
  }
}
