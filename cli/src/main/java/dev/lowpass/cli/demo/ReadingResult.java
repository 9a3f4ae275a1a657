package dev.lowpass.cli.demo;

import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.report.Retained;
import java.util.List;

/**
 * What recognisers read.
 *
 * @param lines that were drawn
 * @param contestants ONNX Runtime, the recogniser as it is, for a narrower input, and with bands
 * @param retained of the one with bands
 */
public record ReadingResult(List<DrawnLine> lines, List<Contestant> contestants, Retained retained) {
  public ReadingResult {
    lines = List.copyOf(lines);
    contestants = List.copyOf(contestants);
  }

  /**
   * One engine.
   *
   * @param texts what it read, a line each
   */
  public record Contestant(String name, List<String> texts, Latency latency) {
    public Contestant {
      texts = List.copyOf(texts);
    }
  }

  /** ONNX Runtime. */
  public Contestant peer() {
    return contestants.getFirst();
  }

  /** The part of the characters that {@code contestant} read right: 1 - edit distance / characters, over all lines. */
  public double characters(Contestant contestant) {
    int wrong = 0;
    int all = 0;
    for (int i = 0; i < lines.size(); i++) {
      wrong += EditDistance.between(contestant.texts().get(i), lines.get(i).text());
      all += lines.get(i).text().length();
    }
    return 1 - (double) wrong / all;
  }

  /** How many lines {@code contestant} read without a mistake. */
  public int right(Contestant contestant) {
    int right = 0;
    for (int i = 0; i < lines.size(); i++) {
      right += contestant.texts().get(i).equals(lines.get(i).text()) ? 1 : 0;
    }
    return right;
  }

  /** How many lines {@code contestant} read as ONNX Runtime did. */
  public int agreeing(Contestant contestant) {
    int agreeing = 0;
    for (int i = 0; i < lines.size(); i++) {
      agreeing += contestant.texts().get(i).equals(peer().texts().get(i)) ? 1 : 0;
    }
    return agreeing;
  }
}
