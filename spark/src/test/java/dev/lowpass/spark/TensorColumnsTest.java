package dev.lowpass.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.runtime.ElementType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

class TensorColumnsTest {
  private static final DataType FLAT = DataTypes.createArrayType(DataTypes.FloatType, false);

  private static final SparkSession SPARK = LocalSpark.threads();

  @AfterAll
  static void stop() {
    SPARK.stop();
  }

  private static Dataset<Row> column(DataType type, List<? extends @Nullable Object> values) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      rows.add(RowFactory.create(i, values.get(i)));
    }
    StructType schema = new StructType().add("id", DataTypes.IntegerType).add("x", type);
    return SPARK.createDataFrame(rows, schema).repartition(2);
  }

  /** Seven of them, so that no partition is whole batches. */
  private static List<float[]> noise() {
    Random random = new Random(5);
    List<float[]> inputs = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      float[] input = new float[ToyArtifact.ELEMENTS];
      for (int k = 0; k < input.length; k++) {
        input[k] = random.nextInt(-100, 100) / 64f;
      }
      inputs.add(input);
    }
    return inputs;
  }

  private static void assertScored(Dataset<Row> rows) {
    List<Row> scored = Lowpass.score(rows, ToyArtifact.QUAD.path(), "x", "y").orderBy("id").collectAsList();
    List<List<Float>> expected = ToyArtifact.QUAD.scores(noise());
    assertThat(scored).hasSize(7);
    for (int i = 0; i < 7; i++) {
      assertThat(scored.get(i).<Float>getList(2)).isEqualTo(expected.get(i));
    }
  }

  @Test
  void arraysMayBeFlat() {
    assertScored(column(FLAT, noise()));
    assertScored(column(DataTypes.createArrayType(DataTypes.FloatType, true), noise()));
  }

  @Test
  void arraysMayBeOfOtherNumbers() {
    List<double[]> doubles = new ArrayList<>();
    for (float[] input : noise()) {
      double[] values = new double[input.length];
      Arrays.setAll(values, i -> input[i]);
      doubles.add(values);
    }
    assertScored(column(DataTypes.createArrayType(DataTypes.DoubleType, false), doubles));
  }

  @Test
  void arraysMayBeNestedAsTheShapeIs() {
    List<float[][][]> nested = new ArrayList<>();
    for (float[] input : noise()) {
      float[][][] values = new float[3][16][16];
      for (int i = 0; i < input.length; i++) {
        values[i / 256][i / 16 % 16][i % 16] = input[i];
      }
      nested.add(values);
    }
    assertScored(column(DataTypes.createArrayType(DataTypes.createArrayType(FLAT, false), false), nested));
  }

  @Test
  void allOutputsMayBeAskedFor() {
    Row first =
        Lowpass.scoring(ToyArtifact.QUAD.path())
            .input("image", "x")
            .output("mean", "m")
            .output("scores", "s")
            .score(column(FLAT, noise()))
            .orderBy("id")
            .first();
    assertThat(first.schema().fieldNames()).containsExactly("id", "x", "m", "s");
    assertThat(first.getList(2)).isEqualTo(ToyArtifact.QUAD.scores(noise()).get(0)).isEqualTo(first.getList(3));
  }

  @Test
  void whatDoesNotFitIsExplained() {
    List<@Nullable Object> values = new ArrayList<>(noise());
    values.set(1, null);
    values.set(4, new float[5]);
    Dataset<Row> rows = column(FLAT, values);
    Scoring scoring = Lowpass.scoring(ToyArtifact.QUAD.path()).input("x").output("y").errors("e");
    List<Row> scored = scoring.score(rows).orderBy("id").collectAsList();
    assertThat(scored.get(1).getString(3)).isEqualTo("LP5042 x: is null");
    assertThat(scored.get(4).getString(3))
        .isEqualTo("LP5042 x: 5 elements, where the model takes 768 of shape [3, 16, 16]");
    assertThat(scored.get(5).<Float>getList(2)).isEqualTo(ToyArtifact.QUAD.scores(noise()).get(5));
  }

  @Test
  void nestingMustBeThatOfTheShape() {
    TensorColumn column = new TensorColumn(1, ElementType.F32, List.of(2L, 3L));
    DataType nested = DataTypes.createArrayType(FLAT, false);
    Dataset<Row> rows = column(nested, Collections.singletonList(new float[3][2]));
    Row row = rows.first();
    assertThatThrownBy(() -> column.read(row, ByteBuffer.allocate(24)))
        .hasMessage("LP5042 x: 3 elements at depth 0, where the model takes 2 of shape [2, 3]");
  }

  @Test
  void bytesAreElementsWhereTheyAreNoPicture() {
    ByteBuffer slot = ByteBuffer.allocate(3);
    Row row = column(DataTypes.BinaryType, List.of(new byte[] {1, 2, 3})).first();
    new BytesColumn(1).read(row, slot);
    assertThat(slot.array()).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> new BytesColumn(1).read(row, ByteBuffer.allocate(4)))
        .hasMessage("LP5042 x: 3 bytes, where the model takes 4");
  }
}
