package dev.lowpass.testsuite.fuzz.campaign;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.testsuite.model.SharedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files that are right, to be damaged: all graphs of the kernel files, as text and as models, what the other fuzz tests
 * begin with, and small models of the shared folder if there is one.
 */
final class Seeds {
  private static final int LARGEST_MODEL = 1 << 18;

  static final String NETWORK =
      """
      graph @net(%x: f32[1, 8, 14, 14]) -> (%y) {
        %w1 = constant f32[32, 8] random(seed = 1)
        %w2 = constant f32[32, 3, 3] random(seed = 2)
        %w3 = constant f32[8, 32] random(seed = 3)
        %a = pointwise %x, %w1 loc("expand")
        %b = relu %a
        %c = depthwise %b, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]} loc("deep")
        %d = pointwise %c, %w3 loc("project")
        %e = add %d, %x
        %y = softmax %e {axis = 1}
      }
      """;

  private static final List<String> BANDS =
      List.of(
          "bands 1\nlayer \"expand\" block 7x7 order zigzag keep [49*2, 20*4, 2*0]\n",
          "bands 1\ninput \"x\" 7x7 crop 14x14 filter cubic\nlayer \"project\" block 7x7 order square keep [49*16, 3*16]\n",
          "bands 1\ninput \"x\" 12x12 filter dct\n");

  private final List<byte[]> models = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<byte[]> artifacts = new ArrayList<>();

  private Seeds() {}

  /** @param artifact whether to compile some, for one size and for two, which takes some seconds */
  static Seeds collect(boolean artifact) throws IOException {
    Seeds seeds = new Seeds();
    seeds.addKernels();
    seeds.addModels(resource("/dev/lowpass/testsuite/fuzz/OnnxReaderFuzzTestInputs/models"), 1);
    Optional<Path> cases = SharedFolder.find("cases");
    if (cases.isPresent()) {
      seeds.addModels(cases.get(), 2);
    }
    if (artifact) {
      seeds.addArtifacts();
    }
    return seeds;
  }

  private void addKernels() throws IOException {
    for (Path file : files(resource("/kernels"), 1, ".lpt")) {
      String text = Files.readString(file);
      Stream.of(text.split("(?m)^(?=graph @)")).filter(part -> part.startsWith("graph @")).forEach(texts::add);
      for (Graph graph : IrText.parseAll(text, file.toString())) {
        try {
          byte[] model = OnnxWriter.write(graph, new LinkedHashMap<>());
          if (model.length <= LARGEST_MODEL) {
            models.add(model);
          }
        } catch (LowpassException e) {
          // ONNX has no coefficients.
        }
      }
    }
  }

  private void addModels(Path folder, int depth) throws IOException {
    for (Path file : files(folder, depth, ".onnx")) {
      if (Files.size(file) <= LARGEST_MODEL) {
        models.add(Files.readAllBytes(file));
      }
    }
  }

  private void addArtifacts() throws IOException {
    Path file = Files.createTempFile("seed-", ".lowpass");
    try {
      new Compiler().compile(network(), CompileOptions.defaults(), Progress.silent()).writeTo(file);
      artifacts.add(Files.readAllBytes(file));
      Graph larger = IrText.parse(NETWORK.replace("14, 14]", "21, 14]"), "larger.ir");
      new Compiler().compile(List.of(network(), larger), CompileOptions.defaults(), Progress.silent()).writeTo(file);
      artifacts.add(Files.readAllBytes(file));
    } finally {
      Files.delete(file);
    }
  }

  private static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(Seeds.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files(Path folder, int depth, String ending) {
    try (Stream<Path> found = Files.walk(folder, depth)) {
      return found.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A network with bands' names, for {@link #bands}. */
  static Graph network() {
    return IrText.parse(NETWORK, "net.ir");
  }

  List<byte[]> models() {
    return models;
  }

  List<String> texts() {
    return texts;
  }

  List<byte[]> artifacts() {
    return artifacts;
  }

  List<String> bands() {
    return BANDS;
  }
}
