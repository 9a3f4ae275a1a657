package dev.lowpass.cli.conformance;

import dev.lowpass.cli.data.Tensors;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.onnx.TensorFile;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles the models of test cases and compares what they compute. */
public record CaseRunner(CompileOptions options, Comparison comparison, int threads) {
  /**
   * Why {@code test} fails, in one line; nothing if it passes. A model that we do not support fails.
   *
   * @throws IOException if a file cannot be read
   */
  public Optional<String> failure(TestCase test) throws IOException {
    for (Path dataSet : test.dataSets()) {
      Optional<String> failure = failure(test, dataSet);
      if (failure.isPresent()) {
        return failure.map(reason -> dataSet.getFileName() + ": " + reason);
      }
    }
    return Optional.empty();
  }

  /** Each data set is compiled for: it may have shapes of its own. */
  private Optional<String> failure(TestCase test, Path dataSet) throws IOException {
    Path artifact = Files.createTempFile("lowpass-case-", ".lowpass");
    try {
      List<dev.lowpass.ir.Tensor> inputs = read(dataSet, "input");
      CompileOptions bound = options.withShapes(shapes(test.model(), inputs));
      new Compiler().compile(test.model(), bound, Progress.silent()).writeTo(artifact);
      try (Model model = Model.load(artifact);
          Session session = model.newSession(SessionOptions.threads(threads))) {
        Map<String, Tensor> given = new LinkedHashMap<>();
        for (int i = 0; i < model.inputs().size(); i++) {
          given.put(model.inputs().get(i).name(), Tensors.of(inputs.get(i)));
        }
        return compare(session.run(given), model.outputs(), read(dataSet, "output"));
      }
    } catch (LowpassException | LowpassRuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } finally {
      Files.deleteIfExists(artifact);
    }
  }

  private static List<dev.lowpass.ir.Tensor> read(Path dataSet, String prefix) throws IOException {
    List<dev.lowpass.ir.Tensor> tensors = new ArrayList<>();
    for (Path file : TestCase.files(dataSet, prefix)) {
      tensors.add(TensorFile.read(file));
    }
    return tensors;
  }

  private static Map<String, Shape> shapes(Path model, List<dev.lowpass.ir.Tensor> inputs) throws IOException {
    List<String> names = ModelInputs.names(model);
    if (names.size() != inputs.size()) {
      throw new LowpassException(
          "LP7031", model.toString(), "has the inputs %s, but the data set %d tensors".formatted(names, inputs.size()));
    }
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      shapes.put(names.get(i), inputs.get(i).shape());
    }
    return shapes;
  }

  private Optional<String> compare(
      Map<String, Tensor> results, List<TensorSpec> outputs, List<dev.lowpass.ir.Tensor> expected) {
    for (int i = 0; i < Math.min(outputs.size(), expected.size()); i++) {
      String name = outputs.get(i).name();
      Optional<String> difference = comparison.difference(results.get(name), Tensors.of(expected.get(i)));
      if (difference.isPresent()) {
        return difference.map(what -> "output " + name + " " + what);
      }
    }
    return Optional.empty();
  }
}
