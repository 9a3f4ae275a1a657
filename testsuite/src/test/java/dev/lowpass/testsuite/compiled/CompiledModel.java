package dev.lowpass.testsuite.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.artifact.Tensors;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.testsuite.model.SharedFolder;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A real model as an artifact in a file. Tests that need one that this machine lacks skip. */
final class CompiledModel {
  /** The test checks, against another engine. */
  static final CompileOptions DENSE = CompileOptions.defaults().dense().withCheck(false);

  private static final String EVERY_LAYER =
      Pipelines.standard().toString().replace("choose-forms", "choose-forms{mode=all}");

  private final Compilation compilation;
  private final Path artifact;

  private CompiledModel(Compilation compilation, Path artifact) {
    this.compilation = compilation;
    this.artifact = artifact;
  }

  /** Compiles {@code model} with the shapes that it needs; the artifact is written into {@code folder}. */
  static CompiledModel of(TestModel model, CompileOptions options, Path folder) throws IOException {
    CompileOptions shaped = options.shapes().isEmpty() ? options.withShapes(model.inputs()) : options;
    return of(model.name(), bytes(model), shaped, folder);
  }

  /** Compiles an ONNX file of these bytes; it and the artifact are written into {@code folder}. */
  static CompiledModel of(String name, byte[] bytes, CompileOptions options, Path folder) throws IOException {
    Path onnx = Files.write(folder.resolve(name + ".onnx"), bytes);
    Compilation compilation = new Compiler().compile(onnx, options, Progress.silent());
    Path artifact = Files.createTempFile(folder, name, ".lowpass");
    compilation.writeTo(artifact);
    return new CompiledModel(compilation, artifact);
  }

  static byte[] bytes(TestModel model) throws IOException {
    Optional<byte[]> bytes = model.bytes();
    assumeTrue(bytes.isPresent(), SharedFolder.ABSENT);
    return bytes.get();
  }

  /** With every layer that {@code bands} name in the frequency domain, whether that pays or not. */
  static CompileOptions everyLayerLowpassed(BandsFile bands) {
    return DENSE.withBands(bands).withPipeline(EVERY_LAYER);
  }

  Compilation compilation() {
    return compilation;
  }

  Graph graph() {
    return compilation.graph();
  }

  Path artifact() {
    return artifact;
  }

  /** One inference in a model and session of its own. */
  SequencedMap<String, Tensor> run(Map<String, Tensor> inputs, int threads) {
    try (Model model = Model.load(artifact); Session session = model.newSession(SessionOptions.threads(threads))) {
      return run(session, inputs);
    }
  }

  static SequencedMap<String, Tensor> run(Session session, Map<String, Tensor> inputs) {
    Map<String, dev.lowpass.runtime.Tensor> given = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> given.put(name, Tensors.of(tensor)));
    SequencedMap<String, Tensor> outputs = new LinkedHashMap<>();
    session.run(given).forEach((name, tensor) -> outputs.put(name, Tensors.of(tensor)));
    return outputs;
  }

  static void assertSame(Map<String, Tensor> outputs, Map<String, Tensor> expected, double tolerance) {
    assertThat(outputs.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) -> {
          Difference difference = Difference.between(outputs.get(name), tensor);
          assertThat(difference.isWithin(tolerance)).as("output %s: %s", name, difference).isTrue();
        });
  }
}
