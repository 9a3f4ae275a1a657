package dev.lowpass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lowpass.cli.data.Npy;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.OnnxRuntimeEngine;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.runtime.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a model that they compile themselves. */
class CompiledModelTest {
  @TempDir static Path folder = Path.of("");

  private static Path model = Path.of("");
  private static Path artifact = Path.of("");
  private static Path dense = Path.of("");
  private static Path bands = Path.of("");

  @BeforeAll
  static void compile() throws IOException {
    model = ToyModel.write(folder);
    bands = Files.writeString(folder.resolve("toy.bands"), ToyModel.BANDS);
    artifact = folder.resolve("toy.lowpass");
    Invocation compiled = run("compile", model.toString(), "-o", artifact.toString(), "--bands", bands.toString());
    assertThat(compiled.err()).isEmpty();
    assertThat(compiled.code()).isZero();
    assertThat(compiled.out()).contains("project", "retained", "memory: parameters", artifact.toString());
    dense = folder.resolve("dense.lowpass");
    assertThat(run("compile", model.toString(), "-o", dense.toString(), "--dense").code()).isZero();
  }

  private static Invocation run(String... arguments) {
    return Invocation.of(folder, arguments);
  }

  @Test
  void jsonHoldsDecisionsAndMemory() throws IOException {
    Path other = folder.resolve("json.lowpass");
    JsonNode json = json("compile", model.toString(), "-o", other.toString(), "--bands", bands.toString(), "--json");
    assertThat(json.at("/bytes").asLong()).isEqualTo(Files.size(other));
    assertThat(json.at("/layers/0/layer").asText()).isIn("expand", "project");
    assertThat(json.at("/pointwise/retained").asDouble()).isBetween(0.0, 1.0);
    assertThat(json.at("/work")).hasSameSizeAs(json.at("/kernels")).allSatisfy(
        step -> assertThat(step.at("/bytes").asLong()).isPositive());
    assertThat(json.at("/work")).anySatisfy(step -> assertThat(step.at("/multiplyAdds").asLong()).isPositive());
    assertThat(Files.readAllBytes(other)).isEqualTo(Files.readAllBytes(artifact));
  }

  @Test
  void picturesAreShrunkByTheArtifactOrByItsUser() throws IOException {
    Path whole = folder.resolve("whole.lowpass");
    Invocation compiled =
        run("compile", model.toString(), "-o", whole.toString(), "--dense", "--input-size", "7x10");
    assertThat(compiled.err()).isEmpty();
    assertThat(compiled.out()).contains("input image is shrunk from 14x14 to 7x10 (cubic)");
    assertThat(run("inspect", whole.toString()).out()).contains("[1, 3, 14, 14]");
    Path small = folder.resolve("small.lowpass");
    Path sizes = Files.writeString(folder.resolve("size.bands"), "bands 1\ninput \"image\" 7x10 filter linear\n");
    run("compile", model.toString(), "-o", small.toString(), "--bands", sizes.toString(), "--small-input");
    assertThat(run("inspect", small.toString()).out()).contains("[1, 3, 7, 10]").doesNotContain("[1, 3, 14, 14]");
  }

  @Test
  void mistakesAboutSizesAreOneLine() throws IOException {
    assertMistake("LP7032 --input-size 7: a map has sides of 1 to 16384, written 192x160", "--input-size", "7");
    assertMistake("LP7032 --input-size 0x7: a map has sides of 1 to 16384, not 0x7", "--input-size", "0x7");
    assertMistake(
        "LP7032 --input-filter box: no filter 'box'; there are cubic, linear and dct",
        "--input-size", "7x7", "--input-filter", "box");
    assertMistake("LP7032 --input-filter dct: is for --input-size, which is not given", "--input-filter", "dct");
    assertMistake("LP7032 --input-crop 8x8: is for --input-size, which is not given", "--input-crop", "8x8");
    assertMistake(
        "LP7032 --input-crop 7x6: the middle 7x6 is smaller than 7x7", "--input-size", "7x7", "--input-crop", "7x6");
    assertMistake(
        "LP3012 image: cannot become 7x7 crop 15x9: crop [15, 9] is larger than the map of f32[1, 3, 14, 14]",
        "--input-size", "7x7", "--input-crop", "15x9");
    assertMistake("LP3012 image: the model reads 14x14; 15x7 is larger, and adds nothing", "--input-size", "15x7");
    assertMistake("LP4008 toy: is to take a small picture", "--small-input");
    assertMistake(
        "LP7028 --small-input: and --passes exclude each other; write shrink-input{small=true}",
        "--small-input", "--passes", "shrink-input");
  }

  private static void assertMistake(String message, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("compile", model.toString(), "-o", folder.resolve("never.lowpass").toString()));
    arguments.addAll(List.of(options));
    Invocation compiled = run(arguments.toArray(String[]::new));
    assertThat(compiled.code()).isEqualTo(compiled.codeOfMistake());
    assertThat(compiled.err()).contains(message);
  }

  @Test
  void runsOnNpyAndWritesNpy() throws IOException {
    Tensor noise = Tensor.of(noise(3 * 14 * 14), 1, 3, 14, 14);
    Path input = folder.resolve("x.npy");
    Npy.write(input, noise);
    Path output = folder.resolve("out");
    Invocation ran = run("run", dense.toString(), "--input", "image=" + input, "--output", output.toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    float[] scores = Npy.read(output.resolve("output_0_scores.npy")).floats();
    float[] expected = onnxRuntime(noise);
    assertThat(scores).hasSize(3).usingComparatorWithPrecision(1e-5f).containsExactly(expected);
    assertThat(ran.out()).contains("scores", "class", "%.4f".formatted(max(expected)));
  }

  private static float[] noise(int count) {
    Random random = new Random(11);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat(-1, 1);
    }
    return values;
  }

  private static float[] onnxRuntime(Tensor input) throws IOException {
    try (Engine peer = OnnxRuntimeEngine.load("peer", "toy", Files.readAllBytes(model), 1)) {
      return peer.run(Map.of("image", input)).get("scores").floats();
    }
  }

  private static float max(float[] values) {
    float max = values[0];
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  /** A picture of one colour has it in every size. */
  @Test
  void runsOnPicturesOfAnySize() throws IOException {
    BufferedImage orange = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    int[] colour = {240, 130, 20};
    float[] samples = new float[3 * 14 * 14];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = colour[i / (14 * 14)] / 255f;
    }
    for (int i = 0; i < 40 * 30; i++) {
      orange.setRGB(i % 40, i / 40, colour[0] << 16 | colour[1] << 8 | colour[2]);
    }
    Path picture = folder.resolve("x.png");
    ImageIO.write(orange, "png", picture.toFile());
    String[] line = {
      "run", dense.toString(), "--input", picture.toString(), "--scale", "255", "--mean", "0", "--json"
    };
    JsonNode top = json(line).at("/outputs/0/top");
    float[] expected = onnxRuntime(Tensor.of(samples, 1, 3, 14, 14));
    assertThat(top).hasSize(3).allSatisfy(
        entry ->
            assertThat((float) entry.at("/score").asDouble())
                .isCloseTo(expected[entry.at("/class").asInt()], within(1e-4f)));
    assertThat((float) top.at("/0/score").asDouble()).isCloseTo(max(expected), within(1e-4f));
  }

  @Test
  void wrongInputsAreExplained() throws IOException {
    Path input = folder.resolve("wrong.npy");
    Npy.write(input, Tensor.of(new float[12], 1, 3, 2, 2));
    Invocation shape = run("run", artifact.toString(), "--input", input.toString());
    assertThat(shape.code()).isEqualTo(ExitCode.INPUT);
    assertThat(shape.err()).startsWith("LP5020 ").contains("[1, 3, 2, 2]", "[1, 3, 14, 14]").hasLineCount(1);
    Invocation name = run("run", artifact.toString(), "--input", "picture=" + input);
    assertThat(name.code()).isEqualTo(ExitCode.USAGE);
    assertThat(name.err()).startsWith("LP7024 ").contains("image").hasLineCount(1);
  }

  @Test
  void benchComparesWithOnnxRuntime() throws IOException {
    JsonNode json =
        json("bench", artifact.toString(), "--runs", "2", "--against", "onnxruntime=" + model, "--layers", "--json");
    assertThat(json.at("/contestants")).hasSize(2);
    assertThat(json.at("/contestants/0/medianMilliseconds").asDouble()).isPositive();
    assertThat(json.at("/contestants/1/name").asText()).isEqualTo("onnxruntime");
    assertThat(json.at("/contestants/1/ratio").asDouble()).isEqualTo(1);
    assertThat(json.at("/layers/0/steps").size()).isPositive();
  }

  /** On a machine with a device the artifact is still one for processors. */
  @Test
  void whatIsNotOnADeviceCannotStayThere() throws IOException {
    Invocation bench = run("bench", artifact.toString(), "--runs", "1", "--on-device");
    assertThat(bench.code()).isEqualTo(ExitCode.INPUT);
    assertThat(bench.err()).containsPattern("LP(7036|5020) .*(toy|input)").hasLineCount(1);
  }

  @Test
  void benchMeasuresOnPicturesAndNpy() throws IOException {
    Path picture = folder.resolve("bench.png");
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
    String[] line = {
      "bench", artifact.toString(), "--input", picture.toString(), "--scale", "255", "--mean", "0", "--runs", "1",
      "--against", "onnxruntime=" + model, "--layers", "--json"
    };
    JsonNode json = json(line);
    assertThat(json.at("/input").asText()).isEqualTo(picture.toString());
    assertThat(json.at("/contestants")).hasSize(2);
    assertThat(json.at("/layers/0/steps").size()).isPositive();
    Path npy = folder.resolve("bench.npy");
    Npy.write(npy, Tensor.of(new float[3 * 14 * 14], 1, 3, 14, 14));
    Invocation ran = run("bench", artifact.toString(), "--input", "image=" + npy, "--runs", "1");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("on image=" + npy);
    assertThat(run("bench", artifact.toString(), "--runs", "1").out()).contains("on seeded noise");
  }

  @Test
  void wrongInputsOfBenchAreExplained() throws IOException {
    Path input = folder.resolve("small.npy");
    Npy.write(input, Tensor.of(new float[12], 1, 3, 2, 2));
    Invocation shape = run("bench", artifact.toString(), "--input", input.toString());
    assertThat(shape.code()).isEqualTo(ExitCode.INPUT);
    assertThat(shape.err()).startsWith("LP5020 ").contains("[1, 3, 2, 2]", "[1, 3, 14, 14]").hasLineCount(1);
    Invocation name = run("bench", artifact.toString(), "--input", "picture=" + input);
    assertThat(name.code()).isEqualTo(ExitCode.USAGE);
    assertThat(name.err()).startsWith("LP7024 ").contains("image").hasLineCount(1);
  }

  @Test
  void benchShowsHowEvenlyThreadsShareSteps() throws IOException {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor: nothing is shared");
    String[] line = {"bench", artifact.toString(), "--runs", "2", "--layers", "--threads", "2"};
    assertThat(run(line).out()).contains("imbalance");
    JsonNode step = json("bench", artifact.toString(), "--runs", "2", "--layers", "--threads", "2", "--json")
        .at("/layers/0/steps/0");
    assertThat(step.at("/shareMicroseconds")).hasSize(2);
    assertThat(step.at("/imbalance").asDouble()).isBetween(1.0, 2.0);
    assertThat(run("bench", artifact.toString(), "--runs", "2", "--layers").out()).doesNotContain("imbalance");
  }

  @Test
  void benchTakesModelsOfDifferentInputs() {
    Path pairs = folder.resolve("pairs.lowpass");
    Path pairModel = ToyModel.writePairs(folder.resolve("pairs.onnx"));
    assertThat(run("compile", pairModel.toString(), "-o", pairs.toString()).err()).isEmpty();
    assertThat(run("bench", artifact.toString(), pairs.toString(), "--runs", "1").err()).isEmpty();
  }

  @Test
  void choicesAreFoundRecordedAndShown() throws IOException {
    Path tuned = folder.resolve("tuned.lowpass");
    Path times = folder.resolve("times");
    String[] search = {
      "compile", model.toString(), "-o", tuned.toString(), "--dense", "--tune", "quick",
      "--tune-cache", times.toString()
    };
    assertThat(run(search).out()).contains("tuned: ", "variants were timed");
    byte[] bytes = Files.readAllBytes(tuned);
    assertThat(run(search).out()).contains("all times were in the cache");
    assertThat(Files.readAllBytes(tuned)).isEqualTo(bytes);
    Path again = folder.resolve("again.lowpass");
    String[] recorded = {
      "compile", model.toString(), "-o", again.toString(), "--dense", "--choices", tuned.toString()
    };
    assertThat(run(recorded).code()).isZero();
    assertThat(Files.readAllBytes(again)).isEqualTo(bytes);
    assertThat(json("inspect", tuned.toString(), "--json").at("/report/choices/0/choice").asText()).contains("rows=");
  }

  @Test
  void choicesOfAnotherModelAreExplained() {
    Path none = folder.resolve("none.lowpass");
    Path renamed = folder.resolve("renamed.onnx");
    String text = ToyModel.TEXT.replace("\"project\"", "\"features.7\"");
    OnnxWriter.write(IrText.parse(text, "renamed.ir"), new LinkedHashMap<>(), renamed);
    Invocation other =
        run("compile", renamed.toString(), "-o", none.toString(), "--choices", artifact.toString());
    assertThat(other.code()).isEqualTo(ExitCode.INPUT);
    assertThat(other.err()).startsWith("LP4014 " + artifact).hasLineCount(1);
    Invocation both =
        run("compile", model.toString(), "-o", none.toString(), "--tune", "none", "--choices", artifact.toString());
    assertThat(both.err()).startsWith("LP7029 ").hasLineCount(1);
    assertThat(none).doesNotExist();
  }

  @Test
  void theModelIsNotOverwritten() throws IOException {
    byte[] before = Files.readAllBytes(model);
    Invocation wrong = run("compile", model.toString(), "-o", model.toString());
    assertThat(wrong.code()).isEqualTo(ExitCode.INPUT);
    assertThat(wrong.err()).startsWith("LP7027 ").hasLineCount(1);
    assertThat(Files.readAllBytes(model)).isEqualTo(before);
  }

  @Test
  void anUnknownPeerIsExplained() {
    Invocation unknown = run("bench", artifact.toString(), "--against", "tensorflow=" + model);
    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).startsWith("LP7021 ").contains("onnxruntime=MODEL.onnx").hasLineCount(1);
  }

  /** Three labels for one picture: whatever the model says, it is right once. */
  private static Path speckledLabels() throws IOException {
    BufferedImage speckled = new BufferedImage(14, 14, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(12);
    for (int i = 0; i < 14 * 14; i++) {
      speckled.setRGB(i % 14, i / 14, random.nextInt(1 << 24));
    }
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    ImageIO.write(speckled, "png", pictures.resolve("speckled.png").toFile());
    return Files.writeString(pictures.resolve("labels.csv"), "speckled.png,0\nspeckled.png,1\nspeckled.png,2\n");
  }

  @Test
  void evalComparesSeveralWithThePeer() throws IOException {
    Path labels = speckledLabels();
    String[] line = {
      "eval", dense.toString(), artifact.toString(), "--images", labels.getParent().toString(),
      "--labels", labels.toString(), "--json", "--against", "onnxruntime=" + model
    };
    JsonNode json = json(line);
    assertThat(json.at("/pictures").asInt()).isEqualTo(3);
    assertThat(json.at("/reference").asText()).isEqualTo("onnxruntime");
    assertThat(json.at("/models")).hasSize(3);
    for (JsonNode scored : json.at("/models")) {
      assertThat(scored.at("/top1").asDouble()).isEqualTo(1 / 3.0);
      assertThat(scored.at("/top5").asDouble()).isEqualTo(1);
    }
    JsonNode first = json.at("/models/0");
    assertThat(first.at("/agreement").asDouble()).isEqualTo(1);
    assertThat(first.at("/pointsLost").asDouble()).isZero();
    assertThat(first.at("/divergence").asDouble()).isCloseTo(0, within(1e-6));
    assertThat(first.at("/outputs/0/name").asText()).isEqualTo("scores");
    assertThat(first.at("/outputs/0/relativeError").asDouble()).isBetween(0.0, 1e-4);
    assertThat(json.at("/models/2").has("agreement")).isFalse();
    assertThat(run(withoutJson(line)).out()).contains("points lost", "agreement", "KL", "compared with onnxruntime");
  }

  private static String[] withoutJson(String... line) {
    return Stream.of(line).filter(word -> !word.equals("--json")).toArray(String[]::new);
  }

  @Test
  void evalComparesWithTheFirstWhereThereIsNoPeer() throws IOException {
    Path pictures = speckledLabels().getParent();
    JsonNode json = json("eval", dense.toString(), artifact.toString(), "--images", pictures.toString(), "--json");
    assertThat(json.at("/reference").asText()).isEqualTo(dense.toString());
    assertThat(json.at("/models/0").has("top1")).isFalse();
    assertThat(json.at("/models/1/agreement").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void evalTakesFoldersForClasses() throws IOException {
    Path classes = folder.resolve("classes");
    for (String name : new String[] {"cat", "dog"}) {
      Files.createDirectories(classes.resolve(name));
      BufferedImage grey = new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(grey, "png", classes.resolve(name).resolve("x.png").toFile());
    }
    String[] line = {"eval", dense.toString(), "--images", classes.toString(), "--labels", "folders", "--json"};
    assertThat(json(line).at("/pictures").asInt()).isEqualTo(2);
    Invocation shifted = run(Stream.concat(Stream.of(line), Stream.of("--first-class", "2")).toArray(String[]::new));
    assertThat(shifted.err()).startsWith("LP7014 ").contains("class 1", "3 outputs").hasLineCount(1);
  }

  @Test
  void evalNeedsSomethingToCompareWith() throws IOException {
    Path pictures = speckledLabels().getParent();
    Invocation alone = run("eval", dense.toString(), "--images", pictures.toString());
    assertThat(alone.code()).isEqualTo(ExitCode.INPUT);
    assertThat(alone.err()).startsWith("LP7017 ").contains("--labels", "--against").hasLineCount(1);
  }

  @Test
  void evalExplainsACropThatDoesNotFit() throws IOException {
    Path pictures = speckledLabels().getParent();
    String[] line = {
      "eval", dense.toString(), artifact.toString(), "--images", pictures.toString(), "--resize", "crop:9"
    };
    Invocation small = run(line);
    assertThat(small.code()).isEqualTo(ExitCode.USAGE);
    assertThat(small.err()).startsWith("LP5031 crop:9").contains("14x14").hasLineCount(1);
  }

  @Test
  void testOnnxCountsPassedAndFailed() throws IOException {
    Path right = ToyModel.writeCase(folder.resolve("right"), 0);
    Path wrong = ToyModel.writeCase(folder.resolve("wrong"), 1);
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Invocation both = run("test-onnx", "--dense", right.toString(), wrong.toString(), empty.toString());
    assertThat(both.code()).isEqualTo(ExitCode.INPUT);
    assertThat(both.out().lines())
        .hasSize(4)
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("passed " + right),
            line -> assertThat(line).startsWith("failed " + wrong + ": test_data_set_0: output scores differs by"),
            line -> assertThat(line).startsWith("failed " + empty + ": LP7030"),
            line -> assertThat(line).isEqualTo("1 passed, 2 failed"));
    assertThat(run("test-onnx", "--dense", right.toString()).code()).isZero();
  }

  @Test
  void aCaseThatDoesNotSayWhatItExpectsFails() throws IOException {
    Path silent = ToyModel.writeCase(folder.resolve("silent"), 0);
    Files.delete(silent.resolve("test_data_set_0/output_0.pb"));
    Path chatty = ToyModel.writeCase(folder.resolve("chatty"), 0);
    Path dataSet = chatty.resolve("test_data_set_0");
    Files.copy(dataSet.resolve("output_0.pb"), dataSet.resolve("output_1.pb"));
    Invocation both = run("test-onnx", "--dense", silent.toString(), chatty.toString());
    assertThat(both.code()).isEqualTo(ExitCode.INPUT);
    assertThat(both.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("failed " + silent).endsWith("output_0.pb is missing"),
            line -> assertThat(line).startsWith("failed " + chatty).endsWith("output_1.pb is one too many"),
            line -> assertThat(line).isEqualTo("0 passed, 2 failed"));
  }

  @Test
  void inspectShowsArtifactModelAndGraph() throws IOException {
    assertThat(run("inspect", artifact.toString()).out()).contains("SHA-256", "image: f32[1, 3, 14, 14]", "steps");
    assertThat(json("inspect", artifact.toString(), "--json").at("/inputs/0/name").asText()).isEqualTo("image");
    assertThat(run("inspect", model.toString()).out()).contains("pointwise layer", "expand", "depthwise");
    assertThat(run("inspect", model.toString(), "--dot").out()).startsWith("digraph").endsWith("}\n");
    assertThat(run("inspect", model.toString(), "--html").out()).startsWith("<!DOCTYPE html>").contains("project");
  }

  @Test
  void inspectShowsAnArtifactAsAPage() {
    String page = run("inspect", artifact.toString(), "--html").out();
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains(">Memory</h2>", "scratch of each worker", "steps</h2>", "rows=", "dense is faster")
        .contains(">Bands</h2>", "alive until step")
        .doesNotContain("src=", "http:", "https:", ">Kernel times</h2>")
        .isEqualTo(run("inspect", artifact.toString(), "--html").out());
    assertThat(page.split("<script", -1)).hasSize(2);
    Invocation dot = run("inspect", artifact.toString(), "--dot");
    assertThat(dot.code()).isEqualTo(ExitCode.INPUT);
    assertThat(dot.err()).startsWith("LP7026 ").contains("no graph", "--html").hasLineCount(1);
    assertThat(dot.out()).isEmpty();
  }

  @Test
  void aPageShowsWhatWasMeasured() throws IOException {
    Path profile = folder.resolve("profile.json");
    Files.writeString(profile, run("bench", artifact.toString(), "--runs", "1", "--layers", "--json").out());
    String[] inspect = {"inspect", artifact.toString(), "--html", "--profile", profile.toString()};
    assertThat(run(inspect).out()).contains(">Kernel times</h2>", "class=\"segment ", "thousand million a second");
    Path other = folder.resolve("other.json");
    Files.writeString(other, Files.readString(profile).replace("product", "protuct"));
    inspect[4] = other.toString();
    assertThat(run(inspect).err()).startsWith("LP7044 " + other).contains(artifact.toString()).hasLineCount(1);
    Files.writeString(other, "{\"layers\": [{\"steps\": [{\"step\": \"a\", \"microseconds\": -1}]}]}");
    assertThat(run(inspect).err()).startsWith("LP7043 " + other).contains("no time").hasLineCount(1);
    Files.writeString(other, "{");
    assertThat(run(inspect).err()).startsWith("LP7043 " + other).contains("not JSON").hasLineCount(1);
    Files.writeString(other, "{}");
    assertThat(run(inspect).err()).startsWith("LP7043 " + other).contains("bench --layers --json").hasLineCount(1);
  }

  @Test
  void whatIsForPagesAloneIsSaid() {
    assertThat(run("inspect", artifact.toString(), "--profile", "x.json").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("inspect", artifact.toString(), "--html", "--bands", bands.toString()).code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("inspect", model.toString(), "--html", "--profile", "x.json").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("inspect", model.toString(), "--html", "--bands", bands.toString()).out()).contains(">Bands</h2>");
    assertThat(run("inspect", model.toString(), "--html").out()).doesNotContain(">Bands</h2>");
  }

  @Test
  void inspectShowsAllGraphsOfIrText() throws IOException {
    Path one = Files.writeString(folder.resolve("one.lpt"), ToyModel.TEXT);
    Path two = Files.writeString(folder.resolve("two.lpt"), ToyModel.TEXT + ToyModel.TEXT.replace("@toy", "@again"));
    assertThat(run("inspect", one.toString()).out()).startsWith("@toy\n").contains("pointwise layer", "expand");
    assertThat(json("inspect", one.toString(), "--json").at("/name").asText()).isEqualTo("toy");
    assertThat(run("inspect", two.toString()).out()).startsWith("@toy\n").contains("\n\n@again\n");
    assertThat(json("inspect", two.toString(), "--json").at("/graphs/1/name").asText()).isEqualTo("again");
    assertThat(run("inspect", two.toString(), "--html").out()).contains(">Graph toy</h2>", ">Graph again</h2>");
    assertThat(run("inspect", two.toString(), "--dot").out()).contains("digraph \"toy\"", "digraph \"again\"");
    assertThat(run("inspect", two.toString(), "--dot", "--html").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void optRunsPassesOnIrText() throws IOException {
    Path text = Files.writeString(folder.resolve("toy.ir"), ToyModel.TEXT);
    Invocation opt = run("opt", text.toString(), "--passes", "eliminate-dead-nodes", "--pass-timing");
    assertThat(opt.code()).isZero();
    assertThat(opt.out()).contains("graph @toy", "pointwise");
    assertThat(opt.err()).contains("eliminate-dead-nodes");
    assertThat(run("opt", "--list-passes").out()).contains("fold-constants");
  }

  @Test
  void bandsOfAnotherModelAreExplained() throws IOException {
    Path other = Files.writeString(folder.resolve("other.bands"), ToyModel.BANDS.replace("project", "features.7"));
    Invocation wrong =
        run("compile", model.toString(), "-o", folder.resolve("no.lowpass").toString(), "--bands", other.toString());
    assertThat(wrong.code()).isEqualTo(ExitCode.INPUT);
    assertThat(wrong.err()).startsWith("LP2110 features.7").hasLineCount(1);
    assertThat(folder.resolve("no.lowpass")).doesNotExist();
  }

  private static JsonNode json(String... arguments) throws IOException {
    Invocation invocation = run(arguments);
    assertThat(invocation.err()).isEmpty();
    assertThat(invocation.code()).isZero();
    return new ObjectMapper().readTree(invocation.out());
  }
}
