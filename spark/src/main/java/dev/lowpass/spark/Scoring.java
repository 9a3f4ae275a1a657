package dev.lowpass.spark;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Trust;
import java.io.Serializable;
import java.security.PublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Which columns go through which artifact, and how. Values like this are never changed: every method gives another one.
 *
 * <pre>{@code
 * Dataset<Row> scored = Lowpass.scoring("model.lowpass")
 *     .input("content").output("scores").errors("problem")
 *     .resize("crop:256").filter("antialias")
 *     .normalize(List.of(123.675, 116.28, 103.53), List.of(58.395, 57.12, 57.375))
 *     .score(spark.read().format("binaryFile").load("pictures"));
 * }</pre>
 *
 * @param artifact a file where the driver runs, or a URI of any storage that Spark reads
 * @param inputs columns by the names that the model's inputs have, all of them; the name {@link #ONLY} is for the only
 *     one
 * @param outputs new columns by the names of outputs, each an array of all elements of the row, row-major; {@link
 *     #ONLY} is the first one
 * @param errors a new column for what is wrong with a row, which has null for outputs then; without it such a row fails
 *     the job
 * @param pictures how encoded pictures are read
 * @param trusted the public keys, of Ed25519, of those whose artifact it may be; without them it may be anybody's,
 *     signed or not
 * @param metrics counters to add to; without them the job has some of its own
 */
public record Scoring(
    String artifact,
    Map<String, String> inputs,
    Map<String, String> outputs,
    @Nullable String errors,
    PictureOptions pictures,
    @Nullable List<PublicKey> trusted,
    @Nullable ScoringMetrics metrics)
    implements Serializable {
  /** Whatever the name is. */
  public static final String ONLY = "";

  private static final long serialVersionUID = 1L;

  public Scoring {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    trusted = trusted == null ? null : List.copyOf(trusted);
  }

  /** The only input is read from {@code column}. */
  public Scoring input(String column) {
    return input(ONLY, column);
  }

  /** The input {@code name} is read from {@code column}. */
  public Scoring input(String name, String column) {
    return new Scoring(artifact, with(inputs, name, column), outputs, errors, pictures, trusted, metrics);
  }

  /** The first output becomes {@code column}. */
  public Scoring output(String column) {
    return output(ONLY, column);
  }

  /** The output {@code name} becomes {@code column}. */
  public Scoring output(String name, String column) {
    return new Scoring(artifact, inputs, with(outputs, name, column), errors, pictures, trusted, metrics);
  }

  /** Rows that cannot be scored stay, with the reason in {@code column}. */
  public Scoring errors(String column) {
    return new Scoring(artifact, inputs, outputs, column, pictures, trusted, metrics);
  }

  /** See {@link PictureOptions#resize}. */
  public Scoring resize(String resize) {
    return pictures(
        new PictureOptions(resize, pictures.filter(), pictures.mean(), pictures.scale(), pictures.channels()));
  }

  /** See {@link PictureOptions#filter}. */
  public Scoring filter(String filter) {
    return pictures(
        new PictureOptions(pictures.resize(), filter, pictures.mean(), pictures.scale(), pictures.channels()));
  }

  /** See {@link PictureOptions#mean} and {@link PictureOptions#scale}. */
  public Scoring normalize(List<Double> mean, List<Double> scale) {
    return pictures(new PictureOptions(pictures.resize(), pictures.filter(), mean, scale, pictures.channels()));
  }

  /** See {@link PictureOptions#channels}. */
  public Scoring channels(String channels) {
    return pictures(
        new PictureOptions(pictures.resize(), pictures.filter(), pictures.mean(), pictures.scale(), channels));
  }

  /** How encoded pictures are read. */
  public Scoring pictures(PictureOptions options) {
    return new Scoring(artifact, inputs, outputs, errors, options, trusted, metrics);
  }

  /**
   * Runs the artifact only if it is signed by who has the private part of one of {@code keys}, such as {@code
   * Trust.key(Path.of("ours.pub"))}: to run an artifact is to run its code, on all executors.
   */
  public Scoring trusting(PublicKey... keys) {
    return new Scoring(artifact, inputs, outputs, errors, pictures, List.of(keys), metrics);
  }

  /** Counts with {@code counters}. */
  public Scoring metrics(ScoringMetrics counters) {
    return new Scoring(artifact, inputs, outputs, errors, pictures, trusted, counters);
  }

  /**
   * The rows of {@code dataset} with the new columns, in their order; lazily, as all of Spark. The artifact is handed
   * to Spark now, and is not read again. The driver reads it as well, so it has to be a machine that could run it.
   *
   * @throws LowpassRuntimeException LP5001 to LP5023 where the artifact does not load here, or is of nobody who is
   *     trusted; LP5040 where columns do not fit the model
   */
  public Dataset<Row> score(Dataset<?> dataset) {
    SparkContext context = dataset.sparkSession().sparkContext();
    ShippedArtifact shipped = ShippedArtifact.ship(context, artifact);
    StructType schema = plan(shipped, dataset.schema()).schema();
    ScoringMetrics counters = metrics == null ? ScoringMetrics.of(context) : metrics;
    PartitionScorer scorer = new PartitionScorer(this, shipped, dataset.schema(), counters);
    return dataset.toDF().mapPartitions(scorer, Encoders.row(schema));
  }

  /** What {@link #score} makes of rows with that schema; errors are the same. */
  StructType schema(SparkContext context, StructType rows) {
    return plan(ShippedArtifact.ship(context, artifact), rows).schema();
  }

  private ScoringPlan plan(ShippedArtifact shipped, StructType rows) {
    try (Model model = shipped.load(trust())) {
      return ScoringPlan.of(this, model, rows);
    }
  }

  /** Whose artifacts may be loaded. */
  Trust trust() {
    return trusted == null ? Trust.anybody() : Trust.trusting(trusted);
  }

  private static Map<String, String> with(Map<String, String> columns, String name, String column) {
    Map<String, String> more = new LinkedHashMap<>(columns);
    more.put(name, column);
    return more;
  }
}
