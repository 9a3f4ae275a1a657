package dev.lowpass.testsuite.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.artifact.ArtifactReader;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a real model's artifact: repeatable, alone, beside others, in several threads, and after its end. */
class SessionsTest {
  @TempDir private static Path folder = Path.of("");

  private static CompiledModel compiled;
  private static Map<String, Tensor> inputs = Map.of();
  private static Map<String, Tensor> onOneWorker = Map.of();
  private static Map<String, Tensor> onTwoWorkers = Map.of();

  @BeforeAll
  static void compile() throws IOException {
    compiled = CompiledModel.of(TestModel.TEXT_DIRECTION, CompiledModel.DENSE, folder);
    inputs = SeededInputs.of(compiled.graph(), 5);
    onOneWorker = compiled.run(inputs, 1);
    onTwoWorkers = compiled.run(inputs, 2);
  }

  @Test
  void compilingTwiceGivesTheSameBytes() throws IOException {
    CompiledModel again = CompiledModel.of(TestModel.TEXT_DIRECTION, CompiledModel.DENSE, folder);
    assertThat(Files.readAllBytes(again.artifact())).isEqualTo(Files.readAllBytes(compiled.artifact()));
  }

  /** Several workers add up partial sums in another order, but always in the same. */
  @Test
  void theSameNumberOfWorkersGivesTheSameBits() {
    assertThat(compiled.run(inputs, 1)).isEqualTo(onOneWorker);
    assertThat(compiled.run(inputs, 2)).isEqualTo(onTwoWorkers);
    CompiledModel.assertSame(onTwoWorkers, onOneWorker, 1e-6);
  }

  /** Steps that are called one by one are the whole. */
  @Test
  void theStepsAreTheInference() {
    try (Model model = Model.load(compiled.artifact()); Session session = model.newSession(SessionOptions.threads(2))) {
      inputs.forEach((name, tensor) -> session.input(name).floatBuffer().put(tensor.floats()));
      assertThat(session.profile(1).steps()).hasSameSizeAs(compiled.compilation().kernels());
      onTwoWorkers.forEach((name, tensor) -> assertThat(session.output(name).floats()).isEqualTo(tensor.floats()));
    }
  }

  @Test
  void twoModelsTakeTurns() {
    String text =
        """
        graph @small(%x: f32[1, 20, 6, 6]) -> (%y) {
          %w = constant f32[40, 20] random(seed = 1)
          %y = pointwise %x, %w
        }
        """;
    Graph graph = IrText.parse(text, "small.ir");
    Path file = folder.resolve("small.lowpass");
    new Compiler().compile(graph, CompileOptions.defaults(), Progress.silent()).writeTo(file);
    Map<String, Tensor> smallInputs = SeededInputs.of(graph, 6);
    try (Model large = Model.load(compiled.artifact());
        Model small = Model.load(file);
        Session one = large.newSession(SessionOptions.threads(2));
        Session other = small.newSession(SessionOptions.threads(2))) {
      for (int turn = 0; turn < 3; turn++) {
        assertThat(CompiledModel.run(one, inputs)).isEqualTo(onTwoWorkers);
        CompiledModel.assertSame(CompiledModel.run(other, smallInputs), Interpreter.run(graph, smallInputs), 1e-6);
      }
    }
  }

  @Test
  void sessionsOfOneModelRunAtTheSameTime() throws InterruptedException, ExecutionException {
    try (Model model = Model.load(compiled.artifact()); ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<List<Map<String, Tensor>>>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int workers = 1 + i % 2;
        results.add(threads.submit(() -> runs(model, workers)));
      }
      for (int i = 0; i < 4; i++) {
        assertThat(results.get(i).get()).allMatch((i % 2 == 0 ? onOneWorker : onTwoWorkers)::equals);
      }
    }
  }

  private static List<Map<String, Tensor>> runs(Model model, int workers) {
    List<Map<String, Tensor>> results = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      try (Session session = model.newSession(SessionOptions.threads(workers))) {
        results.add(CompiledModel.run(session, inputs));
        results.add(CompiledModel.run(session, inputs));
      }
    }
    return results;
  }

  @Test
  void threadsThatShareASessionWaitForEachOther() throws InterruptedException, ExecutionException {
    try (Model model = Model.load(compiled.artifact());
        Session session = model.newSession(SessionOptions.threads(2));
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Map<String, Tensor>>> results = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        results.add(threads.submit(() -> CompiledModel.run(session, inputs)));
      }
      for (Future<Map<String, Tensor>> result : results) {
        assertThat(result.get()).isEqualTo(onTwoWorkers);
      }
    }
  }

  @Test
  void closingIsFinalAndMayBeRepeated() {
    Model model = Model.load(compiled.artifact());
    Session first = model.newSession(SessionOptions.threads(1));
    Session second = model.newSession(SessionOptions.threads(1));
    first.close();
    first.close();
    assertThatThrownBy(() -> CompiledModel.run(first, inputs)).hasMessageStartingWith("LP5021");
    assertThat(CompiledModel.run(second, inputs)).isEqualTo(onOneWorker);
    model.close();
    model.close();
    second.close();
    assertThatThrownBy(second::run).hasMessageStartingWith("LP5021");
    assertThatThrownBy(() -> second.profile(1)).hasMessageStartingWith("LP5021");
    assertThatThrownBy(model::newSession).hasMessageStartingWith("LP5021");
  }

  /** A session needs some megabytes and a thread: 200 that were not given back would show in both. */
  @Test
  void closedSessionsGiveBackMemoryAndThreads() throws IOException {
    try (Model model = Model.load(compiled.artifact())) {
      openAndClose(model, 20);
      Process before = Process.now();
      openAndClose(model, 200);
      Process after = Process.now();
      Manifest.Memory memory = ArtifactReader.read(compiled.artifact(), "compiled").manifest().first().memory();
      long scratch = memory.scratchBytes() + 2 * memory.workerBytes();
      assertThat(after.residentBytes() - before.residentBytes()).isLessThan(100 * scratch);
      assertThat(after.threads() - before.threads()).isLessThan(20);
    }
  }

  private static void openAndClose(Model model, int times) {
    for (int i = 0; i < times; i++) {
      try (Session session = model.newSession(SessionOptions.threads(2))) {
        session.run();
      }
    }
    System.gc();
  }
}
