package dev.lowpass.testsuite.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.artifact.Tensors;
import dev.lowpass.codegen.check.StepCheck;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.TensorSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A graph as kernels, and as the interpreter reads it. */
public final class CompiledGraph implements AutoCloseable {
  /** Single precision sums of a few hundred terms; a wrong index or a missing term is far beyond. */
  public static final double TOLERANCE = 2e-6;

  /** As it stands, with no pass run and nothing checked: the test checks. */
  public static final CompileOptions AS_IT_STANDS =
      CompileOptions.defaults().withPipeline("").withCheck(false);

  private static final int MOST_WORKERS = 2;

  private final Compilation compilation;
  private final Model model;

  private CompiledGraph(Compilation compilation, Model model) {
    this.compilation = compilation;
    this.model = model;
  }

  /** Compiles {@code graph}, with {@link #AS_IT_STANDS} or other options. */
  public static CompiledGraph of(Graph graph, CompileOptions options) {
    Compilation compilation = new Compiler().compile(graph, options, Progress.silent());
    try {
      Path file = Files.createTempFile("kernel-", ".lowpass");
      try {
        compilation.writeTo(file);
        return new CompiledGraph(compilation, Model.load(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles {@code graph} as it stands for this machine and compares all of its outputs with the interpreter's. */
  static void assertComputes(Graph graph) {
    assertComputes(graph, "cpu", TOLERANCE);
  }

  static void assertComputes(Graph graph, String target, double tolerance) {
    RunsHere.assume(target);
    try (CompiledGraph compiled = of(graph, AS_IT_STANDS.withTarget(target))) {
      compiled.assertAgrees(graph, tolerance);
    }
  }

  /** The graph after all passes. */
  public Graph graph() {
    return compilation.graph();
  }

  public Compilation compilation() {
    return compilation;
  }

  /**
   * On one worker and on two, whole and step by step, every output must be that of {@code expected}, and every step on
   * the way that of the final graph. Before each of these ways, what the code is to write is filled with NaN: neither
   * does it find the right answer there already, nor may it read what it did not write.
   */
  public void assertAgrees(Graph expected, double tolerance) {
    assertAgrees(expected, SeededInputs.of(expected, 3), tolerance);
  }

  /** As {@link #assertAgrees(Graph, double)}, for these inputs. */
  public void assertAgrees(Graph expected, Map<String, Tensor> inputs, double tolerance) {
    Map<String, Tensor> outputs = Interpreter.run(expected, inputs);
    for (int threads = 1; threads <= MOST_WORKERS; threads++) {
      try (Session session = model.newSession(SessionOptions.threads(threads))) {
        inputs.forEach((name, tensor) -> Tensors.copy(tensor, session.input(name)));
        poisonOutputs(session);
        session.run();
        compare(threads + " threads", outputs(session), outputs, tolerance);
        poisonOutputs(session);
        session.profile(1);
        compare(threads + " threads, step by step", outputs(session), outputs, tolerance);
      }
    }
    try (Workbench bench = compilation.workbench(MOST_WORKERS)) {
      for (int workers = 1; workers <= MOST_WORKERS; workers++) {
        compare(workers + " workers", run(bench, inputs, workers), outputs, tolerance);
      }
      StepCheck.run(graph(), bench, inputs, MOST_WORKERS);
    }
  }

  /** The outputs for {@code inputs}, on so many workers, be there as many processors or not. */
  Map<String, Tensor> outputs(Map<String, Tensor> inputs, int workers) {
    try (Workbench bench = compilation.workbench(workers)) {
      return run(bench, inputs, workers);
    }
  }

  private static Map<String, Tensor> run(Workbench bench, Map<String, Tensor> inputs, int workers) {
    bench.poison();
    bench.fill(inputs);
    bench.run(workers, 0, bench.plan().steps().size());
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    bench.plan().outputs().forEach(slot -> outputs.put(slot.name(), bench.read(slot).reshaped(slot.shape())));
    return outputs;
  }

  private static void poisonOutputs(Session session) {
    for (TensorSpec spec : session.outputs()) {
      ByteBuffer buffer = session.output(spec.name()).buffer();
      while (buffer.hasRemaining()) {
        buffer.put((byte) 0xFF);
      }
    }
  }

  private static Map<String, Tensor> outputs(Session session) {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    session.outputs().forEach(spec -> outputs.put(spec.name(), Tensors.of(session.output(spec.name()))));
    return outputs;
  }

  private void compare(String how, Map<String, Tensor> actual, Map<String, Tensor> expected, double tolerance) {
    assertThat(actual.keySet()).as(how).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) -> {
          Difference difference = Difference.between(actual.get(name), tensor);
          assertThat(difference.isWithin(tolerance))
              .as(
                  () ->
                      "output %s on %s: %s%n%s%n%s"
                          .formatted(name, how, difference, kernels(), IrText.print(graph())))
              .isTrue();
        });
  }

  private String kernels() {
    return String.join(System.lineSeparator(), compilation.kernels());
  }

  @Override
  public void close() {
    model.close();
  }
}
