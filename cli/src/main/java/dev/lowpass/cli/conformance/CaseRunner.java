package dev.lowpass.cli.conformance;

import dev.lowpass.cli.data.Tensors;
import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.ir.onnx.TensorFile;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles the models of test cases and compares what they compute. */
public record CaseRunner(CompileOptions options, Comparison comparison, int threads) {
  private static final String COMPUTED_WEIGHTS = "LP4002";

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
    try (TemporaryFolder folder = TemporaryFolder.create("case")) {
      Path artifact = folder.path().resolve("case.lowpass");
      Map<String, dev.lowpass.ir.Tensor> inputs = inputs(test.model(), dataSet);
      compile(test.model(), inputs).writeTo(artifact);
      try (Model model = Model.load(artifact);
          Session session = model.newSession(SessionOptions.threads(threads))) {
        Map<String, Tensor> given = new LinkedHashMap<>();
        model.inputs().forEach(spec -> given.put(spec.name(), Tensors.of(inputs.get(spec.name()))));
        return compare(session.run(given), model.outputs(), read(dataSet, "output"));
      }
    } catch (LowpassException | LowpassRuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, dev.lowpass.ir.Tensor> inputs(Path model, Path dataSet) throws IOException {
    List<String> names = OnnxReader.inputNames(model, options.limits());
    List<dev.lowpass.ir.Tensor> tensors = read(dataSet, "input");
    if (names.size() != tensors.size()) {
      String counts = "has the inputs %s, but the data set %d tensors".formatted(names, tensors.size());
      throw new LowpassException("LP7031", model.toString(), counts);
    }
    Map<String, dev.lowpass.ir.Tensor> inputs = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      inputs.put(names.get(i), tensors.get(i));
    }
    return inputs;
  }

  /**
   * Backend cases give weights as inputs; where these have to be known, all inputs but the first are taken as
   * constants.
   */
  private Compilation compile(Path model, Map<String, dev.lowpass.ir.Tensor> inputs) {
    try {
      return compile(model, binding(inputs, inputs.keySet()));
    } catch (LowpassException e) {
      if (!e.code().equals(COMPUTED_WEIGHTS) || inputs.isEmpty()) {
        throw e;
      }
      return compile(model, binding(inputs, Set.of(inputs.keySet().iterator().next())));
    }
  }

  private Compilation compile(Path model, ImportOptions binding) {
    return new Compiler().compile(OnnxReader.read(model, binding).graph(), options, Progress.silent());
  }

  /** Integers are shapes, axes and the like, which a compiler has to know; what is floating-point may stay an input. */
  private ImportOptions binding(Map<String, dev.lowpass.ir.Tensor> inputs, Set<String> open) {
    ImportOptions bound = ImportOptions.defaults().withLimits(options.limits());
    for (Map.Entry<String, dev.lowpass.ir.Tensor> input : inputs.entrySet()) {
      bound =
          open.contains(input.getKey()) && input.getValue().type().element().isFloating()
              ? bound.withShape(input.getKey(), input.getValue().shape())
              : bound.withConstant(input.getKey(), input.getValue());
    }
    return bound;
  }

  private static List<dev.lowpass.ir.Tensor> read(Path dataSet, String prefix) throws IOException {
    List<dev.lowpass.ir.Tensor> tensors = new ArrayList<>();
    for (Path file : TestCase.files(dataSet, prefix)) {
      tensors.add(TensorFile.read(file));
    }
    return tensors;
  }

  /** A case that does not say what every output is shows nothing, and so does not pass. */
  private Optional<String> compare(
      Map<String, Tensor> results, List<TensorSpec> outputs, List<dev.lowpass.ir.Tensor> expected) {
    if (outputs.size() != expected.size()) {
      List<String> names = outputs.stream().map(TensorSpec::name).toList();
      String counts = "the model has the outputs %s, but the data set %d tensors; output_%d.pb is %s";
      return Optional.of(
          counts.formatted(
              names,
              expected.size(),
              Math.min(expected.size(), outputs.size()),
              expected.size() < outputs.size() ? "missing" : "one too many"));
    }
    for (int i = 0; i < outputs.size(); i++) {
      String name = outputs.get(i).name();
      Optional<String> difference = comparison.difference(results.get(name), Tensors.of(expected.get(i)));
      if (difference.isPresent()) {
        return difference.map(what -> "output " + name + " " + what);
      }
    }
    return Optional.empty();
  }
}
