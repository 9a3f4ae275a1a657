package dev.lowpass.cli.conformance;

import dev.lowpass.cli.data.Tensors;
import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.ir.onnx.TensorFile;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs the models of test cases and compares what they compute.
 *
 * @param interpreter whether the reference interpreter computes, in place of compiled code
 */
public record CaseRunner(CompileOptions options, Comparison comparison, int threads, boolean interpreter) {
  /** Refusals of an operand that is computed at run time: at import, and of weights. */
  private static final Set<String> HAVE_TO_BE_KNOWN = Set.of("LP1009", "LP4002");

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
    Map<String, dev.lowpass.ir.Tensor> inputs;
    try {
      inputs = inputs(test.model(), dataSet);
      if (interpreter) {
        return interpreted(test, inputs, read(dataSet, "output"));
      }
    } catch (LowpassException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    try (TemporaryFolder folder = TemporaryFolder.create("case")) {
      Path artifact = folder.path().resolve("case.lowpass");
      knownAsNeeded(inputs, binding -> compile(test, binding)).writeTo(artifact);
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
   * Backend cases give weights, shapes and axes as inputs. Where these have to be known, integers are taken as constants, then
   * all inputs but the first, then all of them.
   */
  private <T> T knownAsNeeded(
      Map<String, dev.lowpass.ir.Tensor> inputs, Function<ImportOptions, T> compilation) {
    Set<String> numbers = new LinkedHashSet<>(inputs.keySet());
    numbers.removeIf(name -> !inputs.get(name).type().element().isFloating());
    Set<String> first = inputs.keySet().stream().limit(1).collect(Collectors.toSet());
    LowpassException refusal = null;
    for (Set<String> open : new LinkedHashSet<>(List.of(inputs.keySet(), numbers, first, Set.<String>of()))) {
      try {
        return compilation.apply(binding(inputs, open));
      } catch (LowpassException e) {
        if (!HAVE_TO_BE_KNOWN.contains(e.code())) {
          throw e;
        }
        refusal = e;
      }
    }
    throw Objects.requireNonNull(refusal);
  }

  private Optional<String> interpreted(
      TestCase test, Map<String, dev.lowpass.ir.Tensor> inputs, List<dev.lowpass.ir.Tensor> expected) {
    Graph imported = knownAsNeeded(inputs, binding -> OnnxReader.read(test.model(), binding).graph());
    Graph graph = test.bands().map(file -> withBands(imported, file)).orElse(imported);
    Map<String, dev.lowpass.ir.Tensor> given = new LinkedHashMap<>();
    graph.inputs().forEach(input -> given.put(input.name(), inputs.get(input.name())));
    Map<String, Tensor> results = new LinkedHashMap<>();
    Interpreter.run(graph, given).forEach((name, tensor) -> results.put(name, Tensors.of(tensor)));
    List<TensorSpec> outputs =
        results.entrySet().stream()
            .map(result -> new TensorSpec(result.getKey(), result.getValue().type(), result.getValue().shape()))
            .toList();
    return compare(results, outputs, expected);
  }

  private static Graph withBands(Graph graph, BandsFile bands) {
    PassContext context = PassContext.of(Machines.AVX512).with(bands);
    return PassManager.verifying().run(Pipelines.exact(), graph, context);
  }

  private Compilation compile(TestCase test, ImportOptions binding) {
    CompileOptions chosen =
        test.bands().map(file -> options.withBands(file).withPipeline(Pipelines.exact().toString())).orElse(options);
    return new Compiler().compile(OnnxReader.read(test.model(), binding).graph(), chosen, Progress.silent());
  }

  private ImportOptions binding(Map<String, dev.lowpass.ir.Tensor> inputs, Set<String> open) {
    ImportOptions bound = ImportOptions.defaults().withLimits(options.limits());
    for (Map.Entry<String, dev.lowpass.ir.Tensor> input : inputs.entrySet()) {
      bound =
          open.contains(input.getKey())
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
