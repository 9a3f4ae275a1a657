package dev.lowpass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.OnnxRuntimeEngine;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.ImportedModel;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.learn.train.WayBack;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.natives.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code calibrate} and {@code learn} on a small classifier and drawn pictures. */
class LearningCommandsTest {
  /** With the same prices, and so the same decisions, on every machine. */
  private static final String TARGET = "cpu:x86-64-v3";

  /** Of the dense model's: so far from all of it that noise in measurements does not reach from one to the other. */
  private static final String TIME = "0.6";

  @TempDir static Path common = Path.of("");

  private static Path model = Path.of("");
  private static Path pictures = Path.of("");

  @TempDir Path folder = Path.of("");

  @BeforeAll
  static void draw() throws IOException {
    model = LearningModel.write(common.resolve("small.onnx"));
    pictures = LearningModel.drawPictures(common.resolve("pictures"), LearningModel.CLASSES, 5);
  }

  /** Runs a command with what all of these have in common, and {@code options}. */
  private Invocation run(String command, Path onnx, Path images, String... options) {
    String given = command.equals("learn") ? "--train" : "--images";
    List<String> line = new ArrayList<>(List.of(command, onnx.toString(), given, images.toString()));
    List<String> usual =
        List.of(
            "-o", output().toString(), "--prices", "built-in", "--runs", "1", "--threads", "1", "--target", TARGET);
    for (int i = 0; i < usual.size(); i += 2) {
      if (!List.of(options).contains(usual.get(i))) {
        line.addAll(usual.subList(i, i + 2));
      }
    }
    line.addAll(List.of(options));
    return Invocation.of(folder, line.toArray(String[]::new));
  }

  private Invocation calibrate(String... options) {
    return run("calibrate", model, pictures, options);
  }

  private Invocation learn(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    if (!all.contains("--time")) {
      all.addAll(List.of("--time", TIME));
    }
    all.addAll(List.of("--runs", "3", "--sizes", "32x32", "--shift", "2", "--evaluate-every", "3", "--batch", "4"));
    return run("learn", model, pictures, all.toArray(String[]::new));
  }

  private Path output() {
    return folder.resolve("cut.onnx");
  }

  private static void assertFine(Invocation invocation) {
    assertThat(invocation.err()).isEmpty();
    assertThat(invocation.code()).isZero();
  }

  /** What the written model says of itself; another engine takes it as it is. */
  private BandsFile writtenBands() throws IOException {
    ImportedModel written = OnnxReader.read(output(), ImportOptions.defaults());
    try (Engine peer = OnnxRuntimeEngine.load("peer", "cut", Files.readAllBytes(output()), 1)) {
      Tensor grey = Tensor.of(new float[3 * 32 * 32], 1, 3, 32, 32);
      assertThat(peer.run(Map.of("image", grey)).get("scores").floats()).hasSize(LearningModel.CLASSES);
    }
    return BandsFile.parse(written.metadata().get(ImportedModel.BANDS_PROPERTY), "metadata");
  }

  private static String[] and(String[] options, String... more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void keepingAPartGivesBandsAndTheSameOnesAgain() throws IOException {
    Path bands = folder.resolve("cut.bands");
    Path frontier = folder.resolve("frontier.json");
    String[] options = {"--keep", "0.8", "--sizes", "32x32", "--bands", bands.toString()};
    Invocation calibrated = calibrate(and(options, "--frontier", frontier.toString()));
    assertFine(calibrated);
    assertThat(calibrated.out())
        .contains("layer", "project", "dense 32x32", "chosen", "ONNX Runtime", "held out: KL", output().toString())
        .doesNotContain("points lost\n");
    BandsFile written = writtenBands();
    assertThat(written.layers()).containsKeys("expand", "project").doesNotContainKey("classifier");
    assertThat(written).isEqualTo(BandsFile.parse(Files.readString(bands), "cut.bands"));
    Path artifact = folder.resolve("cut.lowpass");
    assertFine(Invocation.of(folder, "compile", output().toString(), "-o", artifact.toString(), "--target", TARGET));
    assertThat(Invocation.of(folder, "inspect", artifact.toString()).out()).contains("low-passed is faster");
    byte[] first = Files.readAllBytes(output());
    assertFine(calibrate(options));
    assertThat(Files.readAllBytes(output())).isEqualTo(first);
    Invocation drawn = Invocation.of(folder, "frontier", frontier.toString(), "--json");
    assertFine(drawn);
    JsonNode on = new ObjectMapper().readTree(drawn.out()).at("/measuredOn");
    assertThat(on.at("/model").asText()).isEqualTo("small.onnx");
    assertThat(on.at("/pictures").asText()).isEqualTo("pictures");
    assertThat(on.at("/count").asInt()).isEqualTo(12);
    assumeTrue(System.getenv("ENGINE_CACHE_DIR") == null, "PyTorch's libraries are elsewhere");
    assertThat(CacheFolder.ofUser().resolve("pytorch")).isNotEmptyDirectory();
  }

  /** Reading the model, and compiling what is measured. */
  @ParameterizedTest
  @CsvSource({
    "calibrate, nodes=3, LP1012 \\S*small.onnx: the model has \\d+ nodes",
    "learn, nodes=3, LP1012 \\S*small.onnx: the model has \\d+ nodes",
    "calibrate, memory=9999, LP1012 \\S+: what an inference keeps has \\d+ bytes"
  })
  void limitsReachTheModel(String command, String limit, String refusal) {
    String goal = command.equals("learn") ? "--time" : "--keep";
    Invocation refused = run(command, model, pictures, goal, "0.8", "--sizes", "32x32", "--limit", limit);
    String name = limit.substring(0, limit.indexOf('='));
    assertThat(refused.err()).matches(refusal + ", but at most \\d+ are taken; --limit " + name + "=\\d+ takes it\n");
    assertThat(refused.code()).isEqualTo(ExitCode.INPUT);
  }

  @Test
  void aTimeIsReachedByBandsOrByASmallerPicture() throws IOException {
    Invocation calibrated =
        calibrate(
            "--time", TIME, "--runs", "3", "--sizes", "32x32,16x16", "--held-out", "6", "--labels", "folders",
            "--json");
    assertFine(calibrated);
    JsonNode json = new ObjectMapper().readTree(calibrated.out());
    assertThat(json.at("/model").asText()).isEqualTo(output().toString());
    assertThat(json.at("/heldOut/pictures").asInt()).isEqualTo(6);
    assertThat(json.at("/heldOut/pointsLost").isNumber()).isTrue();
    assertThat(json.at("/frontier/points")).anySatisfy(
        point -> assertThat(point.at("/name").asText()).isEqualTo("dense 16x16"));
    assertThat(json.at("/layers")).isNotEmpty();
    BandsFile written = writtenBands();
    assertThat(written.layers().size() + written.inputs().size()).isPositive();
  }

  /** Two pictures are enough. A frontier says where they are, which is not where the table of their classes is. */
  @Test
  void aLossThatNothingExceedsAllowsTheFastest() throws IOException {
    Path table = Files.writeString(folder.resolve("classes.csv"), "class0/0.png,0\nclass3/1.png,3\n");
    Invocation calibrated =
        calibrate("--max-loss", "100", "--sizes", "32x32,16x16,16x16/24x24", "--labels", table.toString(), "--json");
    assertFine(calibrated);
    JsonNode json = new ObjectMapper().readTree(calibrated.out());
    assertThat(json.at("/frontier/measuredOn/pictures").asText()).isEqualTo("pictures");
    assertThat(json.at("/heldOut/pictures").asInt()).isEqualTo(1);
    assertThat(writtenBands().inputs()).containsKey("image");
  }

  @Test
  void aModelThatDoesNotClassifyHasNothingToAgreeOn() throws IOException {
    Path maps = LearningModel.writeOfMaps(common.resolve("maps.onnx"));
    // Of a smaller picture the map would be smaller: such sizes are only refused where somebody asks for them.
    Invocation small = run("calibrate", maps, pictures, "--keep", "0.8", "--sizes", "16x16");
    assertMistake(small, "LP7052 16x16: output map would be [1, 128, 4, 4] in place of [1, 128, 8, 8]");
    Invocation calibrated = run("calibrate", maps, pictures, "--keep", "0.8");
    assertFine(calibrated);
    assertThat(calibrated.out()).contains("held out: relative error").doesNotContain("KL ", "100.0 %    ", "0.0000");
    Invocation lost = run("calibrate", maps, pictures);
    assertThat(lost.code()).isEqualTo(ExitCode.INPUT);
    assertThat(lost.err()).startsWith("LP7055 " + maps).hasLineCount(1);
    Invocation labelled = run("calibrate", maps, pictures, "--keep", "0.8", "--labels", "folders");
    assertThat(labelled.err()).startsWith("LP7014 ").contains("leave out --labels").hasLineCount(1);
  }

  @Test
  void aTrainingIsKeptAndGoesOn() throws IOException {
    Path checkpoint = folder.resolve("training.safetensors");
    Invocation begun = learn("--steps", "6", "--checkpoint", checkpoint.toString(), "--no-flip");
    assertThat(begun.code()).isZero();
    assertThat(begun.err().lines())
        .hasSize(3 + WayBack.PARTS.size())
        .anySatisfy(line -> assertThat(line).startsWith("step 0: held out: KL"))
        .anySatisfy(line -> assertThat(line).contains("50.0 % of the way").contains("held out: KL"))
        .anySatisfy(line -> assertThat(line).matches("step 6: loss \\d.*; held out: KL .*, agreement .*best so far"));
    assertThat(begun.out()).contains("held out: KL", "chosen", output().toString());
    assertThat(writtenBands().layers()).containsKey("project");
    byte[] before = Files.readAllBytes(output());
    Invocation more = learn("--steps", "9", "--checkpoint", checkpoint.toString(), "--no-flip");
    assertThat(more.code()).isZero();
    assertThat(more.err()).startsWith("step 9: ").hasLineCount(1 + WayBack.PARTS.size());
    assertThat(Files.readAllBytes(output())).isNotEqualTo(before);

    Invocation otherTime = learn("--time", "0.8", "--checkpoint", checkpoint.toString());
    assertThat(otherTime.code()).isEqualTo(ExitCode.INPUT);
    assertThat(otherTime.err()).startsWith("LP6021 " + checkpoint + ".start: is of a training with --time " + TIME);
    Path maps = LearningModel.writeOfMaps(folder.resolve("maps.onnx"));
    Invocation otherModel =
        run("learn", maps, pictures, "--time", TIME, "--sizes", "32x32", "--checkpoint", checkpoint.toString());
    assertThat(otherModel.code()).isEqualTo(ExitCode.INPUT);
    assertThat(otherModel.err()).startsWith("LP6021 " + checkpoint + ": is of another training").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--time 0.9 --keep 0.5 | LP7051 --time, --max-loss, --keep: exclude each other",
        "--keep 0 | LP7051 --keep 0.0: is a part",
        "--keep NaN | LP7051 --keep NaN: is a part",
        "--time 1.5 | LP7051 --time 1.5: is a part",
        "--max-loss 101 | LP7051 --max-loss 101.0: is a number of points",
        "--sizes 16 | LP7052 --sizes 16: a map has sides",
        "--sizes 16x16/8x8 | LP7052 --sizes 16x16/8x8: the middle 8x8 is smaller than 16x16",
        "--sizes 64x64 --keep 1 | LP3012 image: the model reads 32x32; 64x64 is larger",
        "--pictures 1 | LP7023 --pictures: 1 is too small; at least 2",
        "--held-out 0 | LP7023 --held-out: 0 is too small",
        "--runs 0 | LP7023 --runs: 0 is too small",
        "--prices missing.prices | LP",
        "--bands missing/x.bands | LP7001 ",
        "--frontier missing/x.json | LP7001 ",
        "-o missing/x.onnx | LP7001 ",
        "--labels missing.csv | LP7001 missing.csv: no such file",
        "--target abacus | LP4010 abacus",
      })
  void mistakesOfCalibrateAreOneLineAndOne(String options, String message) throws IOException {
    assertMistake(calibrate(options.split(" ")), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--time 0 | LP7051 --time 0.0: is a part",
        "--steps 0 | LP7053 --steps, --batch, --rate: a schedule of 0 steps",
        "--rate -1 | LP7053 --steps, --batch, --rate: ",
        "--mix 2 | LP7053 --shift, --zoom, --mix: shift 2 is 0 or more, zoom 0.3 too, mix 2.0",
        "--evaluate-every 0 | LP7023 --evaluate-every: 0 is too small",
        "--patience 0 | LP7023 --patience: 0 is too small",
        "--checkpoint missing/x | LP7001 ",
        "--train other --labels folders | LP7051 --labels: is for one folder of pictures, not for 2"
      })
  void mistakesOfLearnAreOneLineAndOne(String options, String message) throws IOException {
    String[] line = options.replace("other", pictures.toString()).split(" ");
    List<String> all = new ArrayList<>(List.of("--time", "0.9", "--sizes", "32x32", "--shift", "2"));
    for (int i = 0; i < line.length; i += 2) {
      int place = all.indexOf(line[i]);
      if (place >= 0) {
        all.subList(place, place + 2).clear();
      }
      all.addAll(List.of(line[i], line[i + 1]));
    }
    assertMistake(run("learn", model, pictures, all.toArray(String[]::new)), message);
  }

  private void assertMistake(Invocation wrong, String message) throws IOException {
    assertThat(wrong.code()).isEqualTo(wrong.codeOfMistake());
    assertThat(wrong.err()).startsWith(message).matches("LP[0-9]{4} [^\\n]+\\n");
    assertThat(wrong.out()).isEmpty();
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void picturesThatCannotBeLearntFromAreExplained() throws IOException {
    Path sets = common.resolve("sets");
    Path missing = sets.resolve("missing");
    assertMistake(run("calibrate", model, missing), "LP7001 " + missing + ": no such file or folder");
    assertMistake(run("learn", model, missing, "--time", "0.9"), "LP7001 " + missing);
    Path empty = Files.createDirectories(sets.resolve("empty"));
    assertMistake(run("calibrate", model, empty), "LP7012 " + empty + ": has no pictures");
    Path single = LearningModel.drawPictures(sets.resolve("single"), 1, 1);
    assertMistake(run("calibrate", model, single), "LP7054 " + single + ": has one picture");
    Path more = LearningModel.drawPictures(sets.resolve("more"), LearningModel.CLASSES + 1, 1);
    Path beyond = more.resolve("class5/0.png");
    String classes = "LP7014 " + beyond + ": class 5, but the model has 5, counted from 0";
    assertMistake(run("calibrate", model, more, "--labels", "folders"), classes);
    assertMistake(run("learn", model, more, "--labels", "folders", "--time", "0.9"), classes);
    Path broken = LearningModel.drawPictures(sets.resolve("broken"), 1, 3).resolve("class0/1.png");
    byte[] bytes = Files.readAllBytes(broken);
    Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
    assertMistake(run("calibrate", model, sets.resolve("broken")), "LP5030 " + broken);
  }

  @Test
  void modelsThatCannotBeLearntAreExplained() throws IOException {
    Path pairs = ToyModel.writePairs(common.resolve("pairs.onnx"));
    assertMistake(run("calibrate", pairs, pictures), "LP7050 " + pairs + ": learning takes a model of one input");
    assertMistake(run("learn", pairs, pictures, "--time", "0.9"), "LP7050 " + pairs);
    Path missing = common.resolve("missing.onnx");
    assertThat(run("calibrate", missing, pictures).err()).contains(missing.toString()).hasLineCount(1);
    byte[] before = Files.readAllBytes(model);
    assertMistake(calibrate("-o", model.toString()), "LP7027 " + model + ": is the model itself");
    assertThat(Files.readAllBytes(model)).isEqualTo(before);
  }
}
