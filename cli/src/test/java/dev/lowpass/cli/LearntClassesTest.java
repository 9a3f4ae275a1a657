package dev.lowpass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.ImportedModel;
import dev.lowpass.ir.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code learn} with classes of pictures, with a new last layer, and from given bands. */
class LearntClassesTest {
  /** Classes of the pictures, fewer than the model has. */
  private static final int CLASSES = 3;

  @TempDir static Path common = Path.of("");

  private static Path model = Path.of("");
  private static Path pictures = Path.of("");

  @TempDir Path folder = Path.of("");

  @BeforeAll
  static void draw() throws IOException {
    model = LearningModel.write(common.resolve("small.onnx"));
    pictures = LearningModel.drawPictures(common.resolve("pictures"), CLASSES, 8);
  }

  private Invocation learn(Path onnx, Path output, String... options) {
    List<String> line = new ArrayList<>(List.of("learn", onnx.toString(), "--train", pictures.toString()));
    line.addAll(List.of("-o", output.toString(), "--prices", "built-in", "--target", "cpu:x86-64-v3"));
    line.addAll(List.of("--runs", "3", "--threads", "1", "--sizes", "32x32", "--shift", "2"));
    line.addAll(List.of("--steps", "8", "--evaluate-every", "2", "--batch", "6", "--held-out", "6"));
    line.addAll(List.of(options));
    return Invocation.of(folder, line.toArray(String[]::new));
  }

  private static BandsFile bands(Path onnx) {
    ImportedModel written = OnnxReader.read(onnx, ImportOptions.defaults());
    return BandsFile.parse(written.metadata().get(ImportedModel.BANDS_PROPERTY), "metadata");
  }

  private static JsonNode json(Invocation invocation) throws IOException {
    assertThat(invocation.code()).as(invocation.err()).isZero();
    return new ObjectMapper().readTree(invocation.out());
  }

  /** First all of the time, for a last layer that knows nothing; then less of it, for the model that came out. */
  @Test
  void newClassesAreLearntDenseAndThenWithLess() throws IOException {
    Path whole = folder.resolve("whole.onnx");
    String[] options = {"--labels", "folders", "--classes", "3", "--time", "1", "--rate", "0.003"};
    Invocation learnt = learn(model, whole, options);
    assertThat(learnt.code()).as(learnt.err()).isZero();
    assertThat(learnt.err().lines())
        .allSatisfy(line -> assertThat(line).contains("held out: cross-entropy", "accuracy").doesNotContain("lost", "KL"));
    assertThat(learnt.out()).contains("small.onnx", "held out: cross-entropy").doesNotContain(" points lost\n");
    assertThat(bands(whole).layers()).isEmpty();
    String artifact = folder.resolve("whole.lowpass").toString();
    Invocation compiled = Invocation.of(folder, "compile", whole.toString(), "-o", artifact);
    assertThat(compiled.code()).as(compiled.err()).isZero();
    Invocation scored =
        Invocation.of(folder, "eval", artifact, "--images", pictures.toString(), "--labels", "folders");
    assertThat(scored.code()).as(scored.err()).isZero();

    Path less = folder.resolve("less.onnx");
    JsonNode json = json(learn(whole, less, "--labels", "folders", "--time", "0.6", "--json"));
    assertThat(json.at("/heldOut/crossEntropy").isNumber()).isTrue();
    assertThat(json.at("/heldOut/pointsLost").isNumber()).isTrue();
    assertThat(json.at("/frontier/points/0/accuracy").isNumber()).isTrue();
    assertThat(bands(less).layers()).isNotEmpty();
  }

  @Test
  void aModelThatKnowsNothingHasNothingToCompareWith() throws IOException {
    JsonNode json =
        json(learn(model, folder.resolve("x.onnx"), "--labels", "folders", "--classes", "3", "--time", "1", "--json"));
    assertThat(json.at("/heldOut/accuracy").isNumber()).isTrue();
    for (String unknown : List.of("loss", "agreement", "pointsLost")) {
      assertThat(json.at("/heldOut/" + unknown).isNull()).as(unknown).isTrue();
    }
    for (JsonNode point : json.at("/frontier/points")) {
      assertThat(point.has("accuracy")).isEqualTo(point.at("/name").asText().equals("chosen"));
      assertThat(point.has("agreement")).isFalse();
    }
  }

  @Test
  void labelsMayJudgeAlone() throws IOException {
    Path output = folder.resolve("x.onnx");
    Invocation learnt = learn(model, output, "--labels", "folders", "--loss", "distillation", "--time", "1");
    assertThat(learnt.code()).as(learnt.err()).isZero();
    assertThat(learnt.err()).contains("held out: KL", "points lost").doesNotContain("cross-entropy");
  }

  @Test
  void givenBandsThatMayNotMoveAreWritten() throws IOException {
    String text =
        """
        bands 1

        layer "expand" block 8x8 order zigzag keep [9*32]
        layer "project" block 8x8 order zigzag keep [20*128, 3*128]
        """;
    Path start = Files.writeString(folder.resolve("start.bands"), text);
    Path output = folder.resolve("x.onnx");
    Path checkpoint = folder.resolve("training.safetensors");
    String[] options = {
      "--time", "1", "--start", start.toString(), "--threshold-rate", "0", "--checkpoint", checkpoint.toString()
    };
    Invocation learnt = learn(model, output, options);
    assertThat(learnt.code()).as(learnt.err()).isZero();
    BandsFile given = BandsFile.parse(text, "start.bands");
    assertThat(bands(output).layers()).isNotEmpty().allSatisfy(
        (layer, limit) -> assertThat(limit).isEqualTo(given.layers().get(layer)));

    Files.writeString(start, text.replace("3*128", "2*128"));
    Invocation other = learn(model, output, options);
    assertThat(other.code()).isEqualTo(ExitCode.INPUT);
    assertThat(other.err()).startsWith("LP6021 " + checkpoint + ".start: is of a training with another --start");
    Files.writeString(start, text.replace("project", "projects"));
    Invocation unknown = learn(model, output, options);
    assertThat(unknown.err()).startsWith("LP2110 projects: no such layer").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--loss cross-entropy --time 1 | LP7056 --loss cross-entropy: takes the pictures' classes; give --labels",
        "--classes 3 --time 1 | LP7057 --classes 3: the model knows nothing of new classes",
        "--classes 3 --time 1 --labels folders --loss distillation | LP7057 --classes 3: ",
        "--classes 3 --time 0.9 --labels folders | LP7057 --classes 3: a new layer cannot say what bands lose",
        "--classes 1 --time 1 --labels folders | LP7023 --classes: 1 is too small; at least 2",
        "--classes 2 --time 1 --labels folders | LP7014 ",
        "--smoothing 1 --time 1 --labels folders | LP7051 --smoothing 1.0: is a part",
        "--start missing.bands --time 0.9 | LP7001 missing.bands",
      })
  void mistakesAreOneLine(String options, String message) {
    Invocation wrong = learn(model, folder.resolve("x.onnx"), options.split(" "));
    assertThat(wrong.code()).isEqualTo(wrong.codeOfMistake());
    assertThat(wrong.err()).startsWith(message).matches("LP[0-9]{4} [^\\n]+\\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aModelWithoutClassesHasNoHead() throws IOException {
    Path maps = LearningModel.writeOfMaps(common.resolve("maps.onnx"));
    Invocation wrong = learn(maps, folder.resolve("x.onnx"), "--classes", "3", "--time", "1", "--labels", "folders");
    assertThat(wrong.err()).startsWith("LP6007 small: new classes take a model whose only output is").hasLineCount(1);
  }
}
