package dev.lowpass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lowpass.cli.data.Npy;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.OnnxRuntimeEngine;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.artifact.ArtifactReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One artifact for two sizes of pictures, on the command line. */
class SizesTest {
  private static final String SMALL = "--shape=image=1x3x14x14";
  private static final String LARGE = "--shape=image=1x3x28x21";

  @TempDir static Path folder = Path.of("");

  private static Path model = Path.of("");
  private static Path artifact = Path.of("");
  private static Path bands = Path.of("");
  private static Invocation compiled;

  @BeforeAll
  static void compile() throws IOException {
    model = ToyModel.writeOpen(folder.resolve("open.onnx"));
    bands = Files.writeString(folder.resolve("toy.bands"), ToyModel.BANDS);
    artifact = folder.resolve("two.lowpass");
    compiled = run("compile", model.toString(), SMALL, LARGE, "--bands", bands.toString(), "-o", artifact.toString());
  }

  private static Invocation run(String... arguments) {
    return Invocation.of(folder, arguments);
  }

  private static JsonNode json(String... arguments) throws IOException {
    Invocation invocation = run(arguments);
    assertThat(invocation.err()).isEmpty();
    return new ObjectMapper().readTree(invocation.out());
  }

  @Test
  void compileSaysWhatASecondSizeAdds() throws IOException {
    assertThat(compiled.err()).isEmpty();
    assertThat(compiled.code()).isZero();
    assertThat(compiled.out())
        .contains("size 1: image: f32[1, 3, 14, 14]", "size 2: image: f32[1, 3, 28, 21]", "2 sizes; parameters ")
        .containsPattern("of which size 2 adds [0-9.]+ k?B");
    Path other = folder.resolve("json.lowpass");
    String[] line = {
      "compile", model.toString(), SMALL, LARGE, "--bands", bands.toString(), "-o", other.toString(), "--json"
    };
    JsonNode json = json(line);
    assertThat(json.at("/inputs/0/shape/2").asInt()).isEqualTo(14);
    assertThat(json.at("/moreSizes")).hasSize(1);
    assertThat(json.at("/moreSizes/0/inputs/0/shape/3").asInt()).isEqualTo(21);
    assertThat(Files.readAllBytes(other)).isEqualTo(Files.readAllBytes(artifact));
  }

  /** Bands belong to layers, whatever the size. */
  @Test
  void bandsHoldAtEverySize() throws IOException {
    JsonNode json = json("inspect", artifact.toString(), "--json");
    assertThat(retainedOfProject(json.at("/report"))).isEqualTo(retainedOfProject(json.at("/moreSizes/0/report")));
    assertThat(retainedOfProject(json.at("/report"))).isBetween(0.01, 0.99);
  }

  private static double retainedOfProject(JsonNode report) {
    for (JsonNode layer : report.at("/layers")) {
      if (layer.at("/layer").asText().equals("project")) {
        return layer.at("/retained").asDouble();
      }
    }
    throw new AssertionError("no layer 'project' in " + report);
  }

  @Test
  void inspectShowsTheSizes() throws IOException {
    assertThat(run("inspect", artifact.toString()).out())
        .contains("2 sizes; parameters ", "size 1\n", "size 2\n", "f32[1, 3, 14, 14]", "f32[1, 3, 28, 21]");
    assertThat(run("inspect", artifact.toString(), "--html").out())
        .contains("2 sizes; parameters ", ">Size 2</h2>", "f32[1, 3, 28, 21]");
    JsonNode json = json("inspect", artifact.toString(), "--json");
    assertThat(json.at("/inputs/0/shape/2").asInt()).isEqualTo(14);
    assertThat(json.at("/moreSizes/0/inputs/0/shape/2").asInt()).isEqualTo(28);
    assertThat(json.at("/moreSizes/0/steps").size()).isPositive();
    assertThat(json.at("/moreSizes/0/parameterBytes").asLong()).isEqualTo(parameters(artifact));
  }

  private static long parameters(Path file) {
    return ArtifactReader.read(file, "two").parameters().capacity();
  }

  @Test
  void runTakesTheSizeThatTheTensorHas() throws IOException {
    Path exact = folder.resolve("exact.lowpass");
    assertThat(run("compile", model.toString(), LARGE, SMALL, "--dense", "-o", exact.toString()).err()).isEmpty();
    for (int[] size : new int[][] {{28, 21}, {14, 14}, {28, 21}}) {
      Tensor noise = noise(size[0], size[1]);
      Path input = folder.resolve("x.npy");
      Npy.write(input, noise);
      Path output = folder.resolve("out");
      assertThat(run("run", exact.toString(), "--input", input.toString(), "--output", output.toString()).err()).isEmpty();
      assertThat(Npy.read(output.resolve("output_0_scores.npy")).floats())
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(onnxRuntime(noise));
    }
  }

  private static Tensor noise(int height, int width) {
    Random random = new Random(11);
    float[] values = new float[3 * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat(-1, 1);
    }
    return Tensor.of(values, 1, 3, height, width);
  }

  private static float[] onnxRuntime(Tensor input) throws IOException {
    try (Engine peer = OnnxRuntimeEngine.load("peer", "toy", Files.readAllBytes(model), 1)) {
      return peer.run(Map.of("image", input)).get("scores").floats();
    }
  }

  /** Black on the left and white on the right, so that sizes differ in what they see. */
  private static Path picture() throws IOException {
    BufferedImage halves = new BufferedImage(41, 30, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 41 * 30; i++) {
      halves.setRGB(i % 41, i / 41, i % 41 < 13 ? 0 : 0xffffff);
    }
    Path file = folder.resolve("halves.png");
    ImageIO.write(halves, "png", file.toFile());
    return file;
  }

  @Test
  void picturesAreReadAtTheFirstSizeOrTheOneThatIsNamed() throws IOException {
    Path small = folder.resolve("small.lowpass");
    Path large = folder.resolve("large.lowpass");
    run("compile", model.toString(), SMALL, "--bands", bands.toString(), "--no-check", "-o", small.toString());
    run("compile", model.toString(), LARGE, "--bands", bands.toString(), "--no-check", "-o", large.toString());
    String picture = picture().toString();
    String first = run("run", artifact.toString(), "--input", picture).out();
    String second = run("run", artifact.toString(), "--input", picture, LARGE).out();
    assertThat(first).isEqualTo(run("run", small.toString(), "--input", picture).out()).isNotEqualTo(second);
    assertThat(second).isEqualTo(run("run", large.toString(), "--input", picture).out());
    assertThat(run("run", artifact.toString(), "--input", picture, SMALL).out()).isEqualTo(first);
  }

  @Test
  void benchMeasuresEverySizeOrTheOneThatIsNamed() throws IOException {
    String[] line = {
      "bench", artifact.toString(), "--runs", "1", "--against", "onnxruntime=" + model, "--layers", "--json"
    };
    JsonNode json = json(line);
    assertThat(json.at("/sizes")).hasSize(2);
    for (JsonNode size : json.at("/sizes")) {
      assertThat(size.at("/contestants")).hasSize(2);
      assertThat(size.at("/layers/0/steps").size()).isPositive();
    }
    assertThat(json.at("/sizes/1/inputs/0/shape/2").asInt()).isEqualTo(28);
    assertThat(run("bench", artifact.toString(), "--runs", "1").out())
        .contains("size image: f32[1, 3, 14, 14]", "size image: f32[1, 3, 28, 21]");
    assertThat(run("bench", artifact.toString(), "--runs", "1", LARGE).out())
        .contains("size image: f32[1, 3, 28, 21]")
        .doesNotContain("14, 14");
  }

  @Test
  void benchMeasuresTheSizeThatTensorsHave() throws IOException {
    Path input = folder.resolve("large.npy");
    Npy.write(input, noise(28, 21));
    Invocation ran = run("bench", artifact.toString(), "--runs", "1", "--input", input.toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("size image: f32[1, 3, 28, 21]").doesNotContain("14, 14");
    Path single = folder.resolve("single.lowpass");
    run("compile", model.toString(), SMALL, "--no-check", "-o", single.toString());
    assertThat(run("bench", single.toString(), artifact.toString(), "--runs", "1").err()).isEmpty();
    Path other = folder.resolve("other.lowpass");
    run("compile", model.toString(), SMALL, "--shape=image=1x3x7x7", "--no-check", "-o", other.toString());
    assertThat(run("bench", artifact.toString(), other.toString(), "--runs", "1").err())
        .startsWith("LP7035 other.lowpass: has no size image: f32[1, 3, 28, 21]")
        .hasLineCount(1);
    assertThat(run("bench", artifact.toString(), other.toString(), "--runs", "1", SMALL).err()).isEmpty();
  }

  @Test
  void evalTakesTheFirstSizeOrTheOneThatIsNamed() throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("pictures/0"));
    Files.copy(picture(), pictures.resolve("a.png"));
    Path large = folder.resolve("large2.lowpass");
    run("compile", model.toString(), LARGE, "--bands", bands.toString(), "--no-check", "-o", large.toString());
    String images = pictures.getParent().toString();
    JsonNode named = json("eval", artifact.toString(), large.toString(), "--images", images, LARGE, "--json");
    assertThat(named.at("/models/1/outputs/0/relativeError").asDouble()).isZero();
    JsonNode first = json("eval", artifact.toString(), large.toString(), "--images", images, "--json");
    assertThat(first.at("/models/1/outputs/0/relativeError").asDouble()).isPositive();
    assertThat(run("eval", large.toString(), large.toString(), "--images", images, LARGE).err())
        .startsWith("LP7035 --shape ")
        .hasLineCount(1);
  }

  @Test
  void theChoicesOfAnArtifactAreThoseOfItsSizes() throws IOException {
    Path again = folder.resolve("again.lowpass");
    String[] line = {
      "compile", model.toString(), SMALL, LARGE, "--bands", bands.toString(), "-o", again.toString(),
      "--choices", artifact.toString()
    };
    assertThat(run(line).err()).isEmpty();
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(artifact));
    Invocation one = run("compile", model.toString(), SMALL, "-o", again.toString(), "--choices", artifact.toString());
    assertThat(one.code()).isEqualTo(ExitCode.USAGE);
    assertThat(one.err()).startsWith("LP7029 --choices ").contains("compiled for 2 sizes", "1 size").hasLineCount(1);
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    Path never = folder.resolve("never.lowpass");
    assertMistake("LP7022 --shape: sizes 1 and 2 are the same; leave one out", SMALL, SMALL);
    assertMistake("LP7022 --shape mask: has 2 shapes, and another input has 3;",
        SMALL, LARGE, "--shape=image=1x3x7x7", "--shape=mask=1x2", "--shape=mask=1x3");
    assertMistake("LP4028 open.onnx: sizes 1 and 2 both take image: f32[1, 3, 7, 7]; leave one out",
        SMALL, LARGE, "--input-size=7x7", "--small-input");
    List<String> many = new ArrayList<>();
    for (int size = 7; size < 40; size++) {
      many.add("--shape=image=1x3x7x" + size);
    }
    assertMistake("33 sizes; an artifact has at most 32", many.toArray(String[]::new));
    assertThat(never).doesNotExist();
    Path input = folder.resolve("odd.npy");
    Npy.write(input, noise(15, 15));
    assertThat(run("run", artifact.toString(), "--input", input.toString()).err())
        .startsWith("LP5020 ")
        .contains("{image=f32[1, 3, 15, 15]}", "image: f32[1, 3, 14, 14]; image: f32[1, 3, 28, 21]")
        .hasLineCount(1);
    assertThat(run("bench", artifact.toString(), "--input", input.toString(), "--runs", "1").err())
        .startsWith("LP5020 ")
        .hasLineCount(1);
    Invocation none = run("run", artifact.toString(), "--input", input.toString(), "--shape=image=1x3x15x15");
    assertThat(none.code()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).startsWith("LP7035 --shape image=1x3x15x15: ").contains("has no such size").hasLineCount(1);
    assertThat(run("run", artifact.toString(), "--input", input.toString(), LARGE).err())
        .startsWith("LP7035 --shape image=1x3x28x21: does not fit what --input gives")
        .hasLineCount(1);
  }

  private static void assertMistake(String message, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("compile", model.toString(), "-o", folder.resolve("never.lowpass").toString()));
    arguments.addAll(List.of(options));
    Invocation invocation = run(arguments.toArray(String[]::new));
    assertThat(invocation.code()).isEqualTo(invocation.codeOfMistake());
    assertThat(invocation.err()).contains(message).hasLineCount(1);
  }

  @Test
  void commandsOfOneSizeSaySo() {
    String[][] lines = {
      {"inspect", model.toString()},
      {"calibrate", model.toString(), "--images", "x", "--max-loss", "1", "-o", "x.onnx"},
      {"learn", model.toString(), "--train", "x", "--time", "0.5", "-o", "x.onnx"}
    };
    for (String[] line : lines) {
      List<String> arguments = new ArrayList<>(List.of(line));
      arguments.addAll(List.of(SMALL, LARGE));
      Invocation invocation = run(arguments.toArray(String[]::new));
      assertThat(invocation.code()).as(line[0]).isEqualTo(ExitCode.USAGE);
      assertThat(invocation.err())
          .as(line[0])
          .startsWith("LP7022 --shape image=1x3x28x21: asks for 2 sizes, and this takes one")
          .hasLineCount(1);
    }
  }
}
