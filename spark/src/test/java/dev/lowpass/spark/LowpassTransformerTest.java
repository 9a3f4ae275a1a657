package dev.lowpass.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LowpassTransformerTest {
  private static final SparkSession SPARK = LocalSpark.threads();

  @TempDir private Path folder = Path.of("");

  @AfterAll
  static void stop() {
    SPARK.stop();
  }

  private static LowpassTransformer transformer() {
    PictureOptions pictures = new PictureOptions("pad", "bicubic", List.of(1.0, 2.0, 3.0), List.of(64.0), "BGR");
    return new LowpassTransformer()
        .setArtifact(ToyArtifact.QUAD.path())
        .setInputCol("content")
        .setOutputCol("scores")
        .setErrorCol("problem")
        .setPictures(pictures);
  }

  private Dataset<Row> pictures() throws IOException {
    DrawnPictures.write(folder, 6);
    return SPARK.read().format("binaryFile").load(folder.toString());
  }

  @Test
  void aSavedPipelineScoresAsBefore() throws IOException {
    Dataset<Row> pictures = pictures();
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {transformer()}).fit(pictures);
    Path saved = folder.resolve(".pipeline");
    model.save(saved.toString());
    List<Row> after = PipelineModel.load(saved.toString()).transform(pictures).collectAsList();
    assertThat(after).hasSize(6).hasSameElementsAs(model.transform(pictures).collectAsList());
    PictureOptions options = new PictureOptions("pad", "bicubic", List.of(1.0, 2.0, 3.0), List.of(64.0), "BGR");
    byte[] first = after.get(0).getAs("content");
    List<float[]> input = ToyArtifact.inputs(List.of(first), options);
    assertThat(after.get(0).<Float>getList(4)).isEqualTo(ToyArtifact.QUAD.scores(input).get(0));
  }

  @Test
  void aSavedTransformerKeepsItsParameters() throws IOException {
    LowpassTransformer before = transformer();
    Path saved = folder.resolve("transformer");
    before.save(saved.toString());
    LowpassTransformer after = LowpassTransformer.load(saved.toString());
    assertThat(after.uid()).isEqualTo(before.uid());
    assertThat(after.getOrDefault(after.artifact())).isEqualTo(ToyArtifact.QUAD.path());
    assertThat(after.getOrDefault(after.filter())).isEqualTo("bicubic");
    assertThat(after.getOrDefault(after.mean())).containsExactly(1, 2, 3);
    assertThat(after.extractParamMap().size()).isEqualTo(before.extractParamMap().size());
  }

  @Test
  void theSchemaIsThatOfTheResult() throws IOException {
    Dataset<Row> pictures = pictures();
    LowpassTransformer transformer = transformer();
    assertThat(transformer.transformSchema(pictures.schema())).isEqualTo(transformer.transform(pictures).schema());
    assertThat(transformer.transform(pictures).columns()).endsWith("content", "scores", "problem");
  }

  @Test
  void aCopyMayDiffer() {
    LowpassTransformer before = transformer();
    LowpassTransformer copy = before.copy(new ParamMap().put(before.outputCol(), "other"));
    assertThat(copy.getOrDefault(copy.outputCol())).isEqualTo("other");
    assertThat(copy.getOrDefault(copy.artifact())).isEqualTo(ToyArtifact.QUAD.path());
    assertThat(before.getOrDefault(before.outputCol())).isEqualTo("scores");
  }
}
