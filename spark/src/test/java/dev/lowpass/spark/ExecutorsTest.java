package dev.lowpass.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** On a cluster: a master, two workers, and for each an executor in a process of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExecutorsTest {
  private static final int PICTURES = 5000;
  private static final int TASKS = 12;

  private static List<Row> drawn = List.of();
  private static List<List<Float>> expected = List.of();
  private static SparkSession spark;

  @BeforeAll
  static void start() throws IOException {
    List<byte[]> pictures = DrawnPictures.draw(PICTURES);
    drawn = IntStream.range(0, PICTURES).mapToObj(i -> RowFactory.create(i, pictures.get(i))).toList();
    expected = ToyArtifact.QUAD.scores(ToyArtifact.inputs(pictures, PictureOptions.defaults()));
    spark = LocalSpark.processes();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static List<Row> scored(ScoringMetrics metrics) {
    StructType schema = new StructType().add("id", DataTypes.IntegerType).add("content", DataTypes.BinaryType);
    Dataset<Row> pictures = spark.createDataFrame(drawn, schema).repartition(TASKS);
    Scoring scoring = Lowpass.scoring(ToyArtifact.QUAD.path()).input("content").output("scores").metrics(metrics);
    return scoring.score(pictures).select("id", "scores").collectAsList();
  }

  private static void assertExpected(List<Row> rows) {
    assertThat(rows).hasSize(PICTURES);
    Set<Integer> seen = new HashSet<>();
    for (Row row : rows) {
      assertThat(seen.add(row.getInt(0))).isTrue();
      assertThat(row.<Float>getList(1)).isEqualTo(expected.get(row.getInt(0)));
    }
  }

  @Test
  @Order(1)
  void everyExecutorLoadsTheArtifactOnce() {
    ScoringMetrics metrics = ScoringMetrics.of(spark.sparkContext());
    assertExpected(scored(metrics));
    assertThat(metrics.rows().value()).isEqualTo(PICTURES);
    assertThat(metrics.loads().value()).isEqualTo(2);
  }

  @Test
  @Order(2)
  void anExecutorThatIsKilledChangesNothing() {
    AtomicBoolean killed = new AtomicBoolean();
    SparkListener killer =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            if (end.stageId() > 0 && !killed.get()) {
              killed.set(executor().destroyForcibly());
            }
          }
        };
    spark.sparkContext().addSparkListener(killer);
    ScoringMetrics metrics = ScoringMetrics.of(spark.sparkContext());
    assertExpected(scored(metrics));
    spark.sparkContext().removeSparkListener(killer);
    assertThat(killed).isTrue();
    assertThat(metrics.rows().value()).isGreaterThanOrEqualTo(PICTURES);
  }

  private static ProcessHandle executor() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("/java"))
        .findFirst()
        .orElseThrow();
  }
}
