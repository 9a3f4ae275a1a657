package dev.lowpass.cli.demo;

import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.report.Retained;
import java.util.List;

/**
 * What the demo found.
 *
 * @param lines how many lines were classified
 * @param contestants ONNX Runtime, the dense model and the low-passed one
 * @param retained of the low-passed model
 */
public record DemoResult(int lines, List<Contestant> contestants, Retained retained) {
  /**
   * One engine.
   *
   * @param right lines whose direction it found
   * @param agreeing lines for which it says the same as ONNX Runtime
   */
  public record Contestant(String name, int right, int agreeing, Latency latency) {}

  public DemoResult {
    contestants = List.copyOf(contestants);
  }
}
