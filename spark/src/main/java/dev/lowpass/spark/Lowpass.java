package dev.lowpass.spark;

import dev.lowpass.runtime.LowpassRuntimeException;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Scores datasets with compiled artifacts, where Spark runs them: an executor fetches an artifact once and loads it
 * once, its tasks have sessions of as many threads as {@code spark.task.cpus}, and rows go through in batches of the
 * size that the artifact was compiled for, the last one filled up.
 *
 * <p>The codes of this module, besides the runtime's:
 *
 * <table>
 *   <caption>Codes</caption>
 *   <tr><td>LP5040</td><td>columns do not fit a model</td></tr>
 *   <tr><td>LP5041</td><td>options for pictures make no sense</td></tr>
 *   <tr><td>LP5042</td><td>a row's value does not fit a model's input</td></tr>
 * </table>
 *
 * <p>To score with an artifact is to run its code on every executor; see {@link Scoring#trusting}.
 */
public final class Lowpass {
  private Lowpass() {}

  /**
   * The rows of {@code dataset} with the model's first output as a new column of arrays. A row that does not fit fails
   * the job; {@link #scoring} has options.
   *
   * @param artifact a file where the driver runs, or a URI of any storage that Spark reads
   * @param inputColumn arrays of numbers, flat or nested; or encoded pictures, stretched and read as -1 to 1
   * @throws LowpassRuntimeException as {@link Scoring#score}
   */
  public static Dataset<Row> score(Dataset<?> dataset, String artifact, String inputColumn, String outputColumn) {
    return scoring(artifact).input(inputColumn).output(outputColumn).score(dataset);
  }

  /** To say more than {@link #score}. */
  public static Scoring scoring(String artifact) {
    return new Scoring(artifact, Map.of(), Map.of(), null, PictureOptions.defaults(), null, null);
  }
}
