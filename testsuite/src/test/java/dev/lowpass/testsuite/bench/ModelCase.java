package dev.lowpass.testsuite.bench;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.testsuite.model.SharedFolder;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model and how it is compiled.
 *
 * @param label what a table calls it
 * @param bands file of thresholds in the shared folder; absent: dense
 */
public record ModelCase(String label, TestModel model, Optional<String> bands) {
  public static final ModelCase MOBILENET_V2 =
      new ModelCase("MobileNetV2 dense", TestModel.of("mobilenet_v2_1.0_224"), Optional.empty());

  static final List<ModelCase> ALL =
      List.of(
          MOBILENET_V2,
          new ModelCase(
              "MobileNetV2 keep75",
              TestModel.of("mobilenet_v2_1.0_224"),
              Optional.of("bands/mobilenet_v2_1.0_224.keep75.bands")),
          new ModelCase("MobileNetV1 0.75/192 dense", TestModel.of("mobilenet_v1_0.75_192"), Optional.empty()),
          new ModelCase("text-direction classifier dense", TestModel.TEXT_DIRECTION, Optional.empty()));

  /** Whether this machine has its files. */
  public boolean isHere() throws IOException {
    return model.bytes().isPresent() && (bands.isEmpty() || SharedFolder.find(bands.get()).isPresent());
  }

  /** Its ONNX file, written into {@code folder}. */
  public Path onnx(Path folder) throws IOException {
    return Files.write(folder.resolve(model + ".onnx"), model.bytes().orElseThrow());
  }

  /** What compiling {@code onnx} takes; the tests check what benchmarks time. */
  public Compilation compile(Path onnx, String target) throws IOException {
    CompileOptions options =
        CompileOptions.defaults().withTarget(target).withShapes(model.inputs()).withCheck(false).dense();
    if (bands.isPresent()) {
      Path file = SharedFolder.find(bands.get()).orElseThrow();
      options = options.withBands(BandsFile.parse(Files.readString(file), file.toString()));
    }
    return new Compiler().compile(onnx, options, Progress.silent());
  }
}
