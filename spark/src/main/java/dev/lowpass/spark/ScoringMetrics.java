package dev.lowpass.spark;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What scoring did so far, summed over all executors; Spark's pages show them with each stage. A task that Spark runs
 * again counts again.
 *
 * @param loads artifacts loaded, of which each executor loads each once
 * @param rows rows scored or refused
 * @param batches inferences
 * @param failedRows rows without a result
 * @param milliseconds time that tasks spent on reading inputs and on inferences
 */
public record ScoringMetrics(
    LongAccumulator loads,
    LongAccumulator rows,
    LongAccumulator batches,
    LongAccumulator failedRows,
    LongAccumulator milliseconds)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Counters that begin at zero. */
  public static ScoringMetrics of(SparkContext context) {
    return new ScoringMetrics(
        context.longAccumulator("lowpass loads"),
        context.longAccumulator("lowpass rows"),
        context.longAccumulator("lowpass batches"),
        context.longAccumulator("lowpass failed rows"),
        context.longAccumulator("lowpass milliseconds"));
  }
}
