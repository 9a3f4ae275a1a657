package dev.lowpass.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.runtime.LowpassRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringTest {
  private static final int PICTURES = 5000;
  private static final PictureOptions TORCHVISION =
      new PictureOptions(
          "crop:18", "antialias", List.of(123.675, 116.28, 103.53), List.of(58.395, 57.12, 57.375), "BGR");

  @TempDir static Path folder = Path.of("");

  private static List<byte[]> drawn = List.of();
  private static SparkSession spark;

  @BeforeAll
  static void draw() throws IOException {
    drawn = DrawnPictures.write(folder, PICTURES);
    spark = LocalSpark.threads();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Row> pictures() {
    return spark.read().format("binaryFile").load(folder.toString());
  }

  /** A few of them, to which more may be added. */
  private static Dataset<Row> few(Path few, int count) throws IOException {
    DrawnPictures.write(few, count);
    return spark.read().format("binaryFile").load(few.toString());
  }

  /** Sorted here: Spark sorts by ranges, for which it looks at all rows, and so scores them, once more. */
  private static List<Row> byPath(Dataset<Row> scored) {
    List<Row> rows = new ArrayList<>(scored.collectAsList());
    rows.sort(Comparator.comparing(row -> row.getString(0)));
    return rows;
  }

  @Test
  void picturesAreScoredAsTheRuntimeDoesByItself() {
    ScoringMetrics metrics = ScoringMetrics.of(spark.sparkContext());
    Dataset<Row> scored =
        Lowpass.scoring(ToyArtifact.QUAD.path())
            .input("content")
            .output("scores")
            .pictures(TORCHVISION)
            .metrics(metrics)
            .score(pictures());
    assertThat(scored.columns()).containsExactly("path", "modificationTime", "length", "content", "scores");
    List<Row> rows = byPath(scored);
    List<List<Float>> expected = ToyArtifact.QUAD.scores(ToyArtifact.inputs(drawn, TORCHVISION));
    assertThat(rows).hasSize(PICTURES);
    for (int i = 0; i < PICTURES; i++) {
      assertThat(rows.get(i).getString(0)).endsWith("/%05d".formatted(i));
      assertThat(rows.get(i).<Float>getList(4)).isEqualTo(expected.get(i));
    }
    assertThat(metrics.rows().value()).isEqualTo(PICTURES);
    assertThat(metrics.failedRows().value()).isZero();
    assertThat(metrics.batches().value()).isBetween(PICTURES / 4L, PICTURES / 4L + 100);
    assertThat(metrics.milliseconds().value()).isPositive();
    assertThat(metrics.loads().value()).isLessThanOrEqualTo(1);
  }

  @Test
  void oneLineIsEnough(@TempDir Path few) throws IOException {
    Row first = byPath(Lowpass.score(few(few, 1), ToyArtifact.SINGLE.path(), "content", "scores")).get(0);
    List<float[]> input = ToyArtifact.inputs(drawn.subList(0, 1), PictureOptions.defaults());
    assertThat(first.<Float>getList(first.fieldIndex("scores"))).isEqualTo(ToyArtifact.SINGLE.scores(input).get(0));
  }

  @Test
  void modelsShareAnExecutor(@TempDir Path few) throws IOException {
    Dataset<Row> once = Lowpass.score(few(few, 50), ToyArtifact.QUAD.path(), "content", "quad");
    List<Row> rows = byPath(Lowpass.score(once, ToyArtifact.SINGLE.path(), "content", "single"));
    List<float[]> inputs = ToyArtifact.inputs(drawn.subList(0, 50), PictureOptions.defaults());
    List<List<Float>> quad = ToyArtifact.QUAD.scores(inputs);
    List<List<Float>> single = ToyArtifact.SINGLE.scores(inputs);
    assertThat(rows).hasSize(50);
    for (int i = 0; i < 50; i++) {
      assertThat(rows.get(i).<Float>getList(4)).isEqualTo(quad.get(i));
      assertThat(rows.get(i).<Float>getList(5)).isEqualTo(single.get(i));
    }
  }

  @Test
  void theSameArtifactIsLoadedOnceForManyJobs(@TempDir Path few) throws IOException {
    Dataset<Row> pictures = few(few, 9);
    ScoringMetrics metrics = ScoringMetrics.of(spark.sparkContext());
    Scoring scoring = Lowpass.scoring(ToyArtifact.QUAD.path()).input("content").output("s").metrics(metrics);
    for (int job = 0; job < 3; job++) {
      assertThat(scoring.score(pictures).collectAsList()).hasSize(9);
    }
    assertThat(metrics.rows().value()).isEqualTo(27);
    assertThat(metrics.loads().value()).isLessThanOrEqualTo(1);
  }

  @Test
  void aBadPictureIsARowWithAMessage(@TempDir Path few) throws IOException {
    Dataset<Row> files = few(few, 10);
    for (int bad = 1; bad < 10; bad += 4) {
      Files.write(few.resolve("%05d".formatted(bad)), new byte[] {1, 2, 3});
    }
    ScoringMetrics metrics = ScoringMetrics.of(spark.sparkContext());
    Scoring scoring = Lowpass.scoring(ToyArtifact.QUAD.path()).input("content").output("scores").metrics(metrics);
    List<Row> rows = byPath(scoring.errors("problem").score(files));
    List<float[]> inputs = ToyArtifact.inputs(drawn.subList(0, 10), PictureOptions.defaults());
    List<List<Float>> expected = ToyArtifact.QUAD.scores(inputs);
    assertThat(rows).hasSize(10);
    for (int i = 0; i < 10; i++) {
      Row row = rows.get(i);
      if (i % 4 == 1) {
        assertThat(row.isNullAt(row.fieldIndex("scores"))).isTrue();
        String problem = row.getAs("problem");
        assertThat(problem).startsWith("LP5030 file:").contains("/0000" + i, "not a picture");
      } else {
        assertThat(row.isNullAt(row.fieldIndex("problem"))).isTrue();
        assertThat(row.<Float>getList(row.fieldIndex("scores"))).isEqualTo(expected.get(i));
      }
    }
    assertThat(metrics.failedRows().value()).isEqualTo(3);
    assertThatThrownBy(() -> scoring.score(files).collectAsList())
        .isInstanceOf(SparkException.class)
        .hasStackTraceContaining("LP5030 file:");
  }

  @Test
  void mistakesAreFoundWhereAJobIsPlanned(@TempDir Path few) throws IOException {
    Dataset<Row> pictures = few(few, 1);
    Scoring scoring = Lowpass.scoring(ToyArtifact.QUAD.path()).input("content").output("scores");
    List<Scoring> wrong = new ArrayList<>();
    wrong.add(scoring.input("pixels"));
    wrong.add(scoring.input("path"));
    wrong.add(scoring.input("other", "content"));
    wrong.add(scoring.output("logits", "logits"));
    wrong.add(scoring.output("length"));
    wrong.add(Lowpass.scoring(ToyArtifact.QUAD.path()).output("scores"));
    for (Scoring one : wrong) {
      assertThatThrownBy(() -> one.score(pictures))
          .isInstanceOf(LowpassRuntimeException.class)
          .hasMessageStartingWith("LP5040 ")
          .hasMessageNotContaining("\n");
    }
    assertThatThrownBy(() -> Lowpass.score(pictures, "missing.lowpass", "content", "scores"))
        .hasMessageStartingWith("LP5001 missing.lowpass: ");
    assertThatThrownBy(() -> scoring.resize("crop:x")).hasMessageStartingWith("LP5041 ");
    assertThatThrownBy(() -> scoring.filter("box")).hasMessageStartingWith("LP5041 ");
    assertThatThrownBy(() -> scoring.normalize(List.of(0.0), List.of(0.0))).hasMessageStartingWith("LP5041 ");
  }

  @Test
  void artifactsAreOfWhoIsTrusted(@TempDir Path few) throws IOException {
    Dataset<Row> pictures = few(few, 5);
    Scoring scoring = Lowpass.scoring(ToyArtifact.SINGLE.path()).input("content").output("scores");
    assertThat(scoring.trusting(ToyArtifact.QUAD.key(), ToyArtifact.SINGLE.key()).score(pictures).collectAsList())
        .hasSize(5);
    assertThatThrownBy(() -> scoring.trusting(ToyArtifact.QUAD.key()).score(pictures))
        .isInstanceOf(LowpassRuntimeException.class)
        .hasMessageStartingWith("LP5005 ");
  }

  /** A task that is not read to its end ends all the same; a session left over would keep the model from closing. */
  @Test
  void whatIsNotReadToItsEndIsReleased(@TempDir Path few) throws IOException {
    Dataset<Row> scored = Lowpass.score(few(few, 40), ToyArtifact.QUAD.path(), "content", "scores");
    assertThat(scored.limit(3).collectAsList()).hasSize(3);
    assertThat(LoadedModels.ofThisJvm().leases()).isZero();
  }
}
