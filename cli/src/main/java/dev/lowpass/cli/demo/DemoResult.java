package dev.lowpass.cli.demo;

import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.report.Retained;
import dev.lowpass.cli.score.PointsLost;
import java.util.List;
import java.util.Locale;

/**
 * What the demo found.
 *
 * @param lines how many lines were classified
 * @param peer ONNX Runtime
 * @param dense the classifier as it is
 * @param smaller the same for smaller pictures: what anybody can do without training
 * @param lowpassed the classifier that has learnt to do without
 * @param retained of the low-passed one
 */
public record DemoResult(
    int lines, Contestant peer, Contestant dense, Contestant smaller, Contestant lowpassed, Retained retained) {
  /**
   * One engine.
   *
   * @param right lines whose direction it found
   * @param agreeing lines for which it says the same as ONNX Runtime
   * @param lost points of lines read right, against the dense classifier
   */
  public record Contestant(String name, int right, int agreeing, PointsLost lost, Latency latency) {}

  /** All, in the order of a table. */
  public List<Contestant> contestants() {
    return List.of(peer, dense, smaller, lowpassed);
  }

  /** One line: what it saves and costs to do without, learnt and not. */
  public String gain() {
    return "%s takes %s; %s takes %s".formatted(lowpassed.name(), beside(lowpassed), smaller.name(), beside(smaller));
  }

  private String beside(Contestant contestant) {
    double ratio = contestant.latency().ratioTo(dense.latency());
    return String.format(Locale.ROOT, "%.2f of the dense form's time and reads %s", ratio, read(contestant.lost()));
  }

  private static String read(PointsLost lost) {
    if (lost.error() == 0) {
      return "the same lines right";
    }
    String more = lost.points() > 0 ? "fewer" : "more";
    double points = Math.abs(lost.points());
    return String.format(Locale.ROOT, "%.1f ± %.1f points %s lines right", points, lost.error(), more);
  }
}
