package dev.lowpass.testsuite.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX files that are none, or no longer; and options that do not fit the model. */
class HostileModelsTest {
  private static final String TEXT =
      """
      graph @toy(%image: f32[1, 3, 14, 14]) -> (scores = %scores) {
        %w1 = constant f32[32, 3] random(seed = 1)
        %w2 = constant f32[32, 3, 3] random(seed = 2)
        %w3 = constant f32[3, 32] random(seed = 3)
        %expanded = pointwise %image, %w1 loc("expand")
        %active = relu %expanded
        %deep = depthwise %active, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]} loc("depthwise")
        %projected = pointwise %deep, %w3 loc("project")
        %mean = global_average_pool %projected
        %scores = reshape %mean {shape = [1, 3]}
      }
      """;

  @TempDir private Path folder = Path.of("");

  private Path model = Path.of("");

  @BeforeEach
  void write() {
    model = folder.resolve("model.onnx");
    OnnxWriter.write(IrText.parse(TEXT, "toy.ir"), new LinkedHashMap<>(), model);
  }

  private Path output() {
    return folder.resolve("out.lowpass");
  }

  private Attempt compile(String... options) throws IOException {
    List<String> line = new ArrayList<>(List.of("compile", model.toString(), "-o", output().toString()));
    line.addAll(List.of(options));
    return Attempt.in(folder, line.toArray(String[]::new));
  }

  @Test
  void truncatedRealModels() throws IOException {
    byte[] whole = TestModel.TEXT_DIRECTION.bytes().orElseThrow();
    Random random = new Random(1);
    IntStream ends = IntStream.of(0, 1, 2, 7, 64, whole.length / 2, whole.length - 1);
    for (int length : IntStream.concat(ends, random.ints(20, 0, whole.length)).toArray()) {
      Files.write(model, Arrays.copyOf(whole, length));
      compile("--shape", "x=1x3x48x192").assertRefused("LP1");
    }
  }

  @Test
  void everyPrefixOfASmallModel() throws IOException {
    byte[] whole = Files.readAllBytes(model);
    for (int length = 0; length < whole.length; length += 1 + length / 100) {
      Files.write(model, Arrays.copyOf(whole, length));
      compile().assertRefused("LP1");
    }
  }

  @Test
  void randomBytes() throws IOException {
    Random random = new Random(2);
    for (int round = 0; round < 50; round++) {
      byte[] bytes = new byte[random.nextInt(1 << (1 + round / 4))];
      random.nextBytes(bytes);
      Files.write(model, bytes);
      compile().assertRefused("LP1");
    }
  }

  /** A flipped bit may leave a good model; it never brings the command down. */
  @Test
  void flippedBits() throws IOException {
    byte[] whole = Files.readAllBytes(model);
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      byte[] flipped = whole.clone();
      flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(model, flipped);
      Attempt attempt = Attempt.in(folder, "inspect", model.toString());
      if (attempt.code() != 0) {
        attempt.assertRefused("LP");
      }
    }
  }

  @Test
  void missingFiles() throws IOException {
    Files.delete(model);
    compile().assertRefused("LP");
    Attempt.in(folder, "inspect", model.toString()).assertRefused("LP");
    write();
    compile("--bands", folder.resolve("missing.bands").toString()).assertRefused("LP7001");
    Attempt.in(folder, "compile", folder.toString(), "-o", output().toString()).assertRefused("LP");
  }

  @Test
  void outputsThatCannotBeWritten() throws IOException {
    for (Path place : List.of(folder.resolve("none/out.lowpass"), folder)) {
      Attempt.in(folder, "compile", model.toString(), "--no-check", "-o", place.toString()).assertRefused("LP");
    }
  }

  @Test
  void bandsThatDoNotFit() throws IOException {
    refuseBands("LP2", "layer \"features.7.project\" block 7x7 order zigzag keep [49*32]");
    refuseBands("LP2", "layer \"project\" block 7x7 order zigzag keep [49*31]");
    refuseBands("LP2", "layer \"project\" block 7x7 order zigzag keep [50*32]");
    refuseBands("LP2", "layer \"depthwise\" block 7x7 order zigzag keep [49*32]");
    refuseBands("LP2", "layer \"project\" block 7x7 order spiral keep [49*32]");
    refuseBands("LP2", "layer \"project\" block 0x7 order zigzag keep [0*32]");
    refuseBands("LP2", "layer \"project\" block 7x7 order zigzag keep [49*99999999999]");
    refuseBands("LP2", "layer \"project\" block 7x7 order zigzag keep [");
    refuseBands("LP2", "\0\1\2");
  }

  private void refuseBands(String code, String layers) throws IOException {
    Path bands = Files.writeString(folder.resolve("some.bands"), "bands 1\n" + layers + "\n");
    compile("--bands", bands.toString()).assertRefused(code);
  }

  @Test
  void bandsThatAreNoText() throws IOException {
    Path bands = Files.write(folder.resolve("some.bands"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    compile("--bands", bands.toString()).assertRefused("LP2");
  }

  @Test
  void optionsThatDoNotFit() throws IOException {
    compile("--target", "cpu:z80").assertMisused("LP4010");
    compile("--passes", "no-such-pass").assertMisused("LP3001");
    compile("--passes", "wrap-pointwise{").assertMisused("LP3");
    compile("--shape", "image=1x3x0x0").assertMisused("LP7022");
    compile("--shape", "image=1x3xaxb").assertMisused("LP7022");
    compile("--shape", "nobody=1x3x14x14").assertRefused("LP");
    compile("--shape", "image=1x4x14x14").assertRefused("LP");
  }

  @Test
  void aWrongUseOfTheCommandHasACodeOfItsOwn() throws IOException {
    for (String[] line : new String[][] {{"compile"}, {"frobnicate"}, {"run", "--no-such-option"}}) {
      Attempt attempt = Attempt.in(folder, line);
      assertThat(attempt.code()).isEqualTo(2);
      assertThat(attempt.err()).matches("LP7002 [^\\n]+\\n");
    }
  }
}
