package dev.lowpass.spark;

import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A stage of a Spark ML pipeline that scores one column with an artifact, see {@link Lowpass}. Saved and loaded as
 * stages of Spark's own are; what is saved of the artifact is its name.
 */
public final class LowpassTransformer extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> artifact;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> errorCol;
  private final Param<String> resize;
  private final Param<String> filter;
  private final DoubleArrayParam mean;
  private final DoubleArrayParam scale;
  private final Param<String> channels;

  public LowpassTransformer() {
    this(Identifiable$.MODULE$.randomUID("lowpass"));
  }

  /** @param uid as Spark's pipelines name their stages */
  public LowpassTransformer(String uid) {
    this.uid = uid;
    artifact = new Param<>(uid, "artifact", "file or URI of the compiled artifact");
    inputCol = new Param<>(uid, "inputCol", "column of tensors or encoded pictures");
    outputCol = new Param<>(uid, "outputCol", "new column for the first output");
    errorCol = new Param<>(uid, "errorCol", "new column for what is wrong with a row; empty: such a row fails the job");
    resize = new Param<>(uid, "resize", "stretch, crop, crop:N or pad");
    filter = new Param<>(uid, "filter", "bilinear, antialias or bicubic");
    mean = new DoubleArrayParam(this, "mean", "samples are read as (sample - mean) / scale; 1 or 3 numbers");
    scale = new DoubleArrayParam(this, "scale", "see mean");
    channels = new Param<>(uid, "channels", "RGB or BGR");
    PictureOptions pictures = PictureOptions.defaults();
    setDefault(errorCol, "");
    setDefault(resize, pictures.resize());
    setDefault(filter, pictures.filter());
    setDefault(mean, array(pictures.mean()));
    setDefault(scale, array(pictures.scale()));
    setDefault(channels, pictures.channels());
  }

  /** Reads what {@link #write} wrote; {@code Pipeline.load} asks for it by this name. */
  public static MLReader<LowpassTransformer> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads what {@link #save} wrote. */
  public static LowpassTransformer load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> artifact() {
    return artifact;
  }

  public Param<String> inputCol() {
    return inputCol;
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public Param<String> errorCol() {
    return errorCol;
  }

  public Param<String> resize() {
    return resize;
  }

  public Param<String> filter() {
    return filter;
  }

  public DoubleArrayParam mean() {
    return mean;
  }

  public DoubleArrayParam scale() {
    return scale;
  }

  public Param<String> channels() {
    return channels;
  }

  public LowpassTransformer setArtifact(String value) {
    set(artifact, value);
    return this;
  }

  public LowpassTransformer setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  public LowpassTransformer setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  public LowpassTransformer setErrorCol(String value) {
    set(errorCol, value);
    return this;
  }

  /** How encoded pictures are read. */
  public LowpassTransformer setPictures(PictureOptions options) {
    set(resize, options.resize());
    set(filter, options.filter());
    set(mean, array(options.mean()));
    set(scale, array(options.scale()));
    set(channels, options.channels());
    return this;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    return scoring().score(dataset);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return scoring().schema(SparkSession.active().sparkContext(), schema);
  }

  @Override
  public LowpassTransformer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  private Scoring scoring() {
    Scoring scoring =
        Lowpass.scoring(getOrDefault(artifact))
            .input(getOrDefault(inputCol))
            .output(getOrDefault(outputCol))
            .pictures(
                new PictureOptions(
                    getOrDefault(resize),
                    getOrDefault(filter),
                    list(getOrDefault(mean)),
                    list(getOrDefault(scale)),
                    getOrDefault(channels)));
    String errors = getOrDefault(errorCol);
    return errors.isEmpty() ? scoring : scoring.errors(errors);
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<Double> list(double[] numbers) {
    return DoubleStream.of(numbers).boxed().toList();
  }
}
