package dev.lowpass.cli.demo;

import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.report.Retained;
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
   */
  public record Contestant(String name, int right, int agreeing, Latency latency) {}

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
    double points = 100.0 * (contestant.right() - dense.right()) / lines;
    return String.format(Locale.ROOT, "%.2f of the dense form's time and reads %s", ratio, read(points));
  }

  private static String read(double points) {
    String text = String.format(Locale.ROOT, "%.1f points", Math.abs(points));
    if (points == 0) {
      return "as many lines right";
    }
    return text + (points > 0 ? " more" : " fewer") + " lines right";
  }
}
