package dev.lowpass.codegen.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.codegen.build.RunsHere;
import dev.lowpass.runtime.Binding;
import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtime's public face, on a model that was compiled for the purpose. */
class ModelRunTest {
  private static final long ROWS = 4;
  private static final long COLUMNS = TinyModel.ELEMENTS / ROWS;

  @TempDir
  static Path folder;

  private static Path file;

  @BeforeAll
  static void compile() {
    file = TinyModel.write(folder.resolve("tiny.lowpass"));
  }

  @Test
  void runsWithCopies() {
    try (Model model = Model.load(file); Session session = model.newSession(SessionOptions.threads(2))) {
      assertThat(model.inputs()).hasToString("[x: f32[4, 16]]");
      assertThat(model.outputs()).hasToString("[y: f32[4, 16]]");
      assertRuns(session, 3);
      Tensor kept = session.run(Map.of("x", constant(1))).get("y");
      session.run(Map.of("x", constant(9)));
      assertThat(kept.floats()[5]).as("results are the caller's to keep").isEqualTo(2 + 5);
    }
  }

  @Test
  void runsWithoutCopies() {
    try (Model model = Model.load(file); Session session = model.newSession(SessionOptions.threads(1))) {
      FloatBuffer x = session.input("x").floatBuffer();
      FloatBuffer y = session.output("y").floatBuffer();
      for (int round = 0; round < 3; round++) {
        x.put(7, round);
        session.run();
        assertThat(y.get(7)).isEqualTo(2 * round + 7);
      }
    }
  }

  @Test
  void loadsFromAStream() throws IOException {
    try (InputStream stream = Files.newInputStream(file);
        Model model = Model.load(stream);
        Session session = model.newSession()) {
      assertRuns(session, 4);
    }
  }

  @Test
  void profilesEachStep() {
    try (Model model = Model.load(file); Session session = model.newSession(SessionOptions.threads(2))) {
      session.input("x").floatBuffer().put(3, 1);
      Profile profile = session.profile(5);
      assertThat(profile.steps()).extracting(Profile.Step::name).containsExactly("double", "add");
      assertThat(profile.steps()).allSatisfy(step -> assertThat(step.microseconds()).isPositive());
      assertThat(session.output("y").floats()[3]).as("all steps in order make an inference").isEqualTo(2 + 3);
    }
  }

  @Test
  void runsOnOpenCl() {
    RunsHere.assumeOpenCl();
    Path openCl = TinyModel.writeOpenCl(folder.resolve("opencl.lowpass"));
    try (Model model = Model.load(openCl); Session session = model.newSession(); Session second = model.newSession()) {
      assertRuns(session, 3);
      assertRuns(second, 4);
      assertRuns(session, 5);
    }
  }

  /** A profile that left a device's outputs there once hid that steps by themselves were never looked at. */
  @Test
  void aProfileBringsOutputsBackFromADevice() {
    RunsHere.assumeOpenCl();
    Path openCl = TinyModel.writeOpenCl(folder.resolve("profiled.lowpass"));
    try (Model model = Model.load(openCl); Session session = model.newSession()) {
      session.input("x").floatBuffer().put(3, 1);
      session.profile(1);
      assertThat(session.output("y").floats()[3]).isEqualTo(2 + 3);
    }
  }

  @Test
  void modelsAndSessionsAreIndependent() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    try (Model first = Model.load(file); Model second = Model.load(file); Session shared = first.newSession()) {
      for (int i = 0; i < 8; i++) {
        int value = i;
        Thread thread = new Thread(() -> {
          Model model = value % 2 == 0 ? first : second;
          try (Session own = model.newSession(SessionOptions.threads(1 + value % 3))) {
            for (int round = 0; round < 50; round++) {
              assertRuns(own, value + round);
              assertRuns(shared, value - round);
            }
          }
        });
        thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void misfittingInputsNameBothSides() {
    try (Model model = Model.load(file); Session session = model.newSession()) {
      Tensor good = constant(1);
      assertMisfit(session, Map.of(), "input 'x' is missing; given []");
      assertMisfit(session, Map.of("x", good, "z", good), "input 'z' is unknown; the model has [x]");
      assertMisfit(session, Map.of("x", Tensor.allocate(ElementType.F32, 16, 4)),
          "input 'x' is f32[16, 4], but the model takes f32[4, 16]");
      assertMisfit(session, Map.of("x", Tensor.allocate(ElementType.I64, 4, 16)),
          "input 'x' is i64[4, 16], but the model takes f32[4, 16]");
      assertThatThrownBy(() -> session.output("x")).hasMessageEndingWith("output 'x' is unknown; the model has [y]");
      assertRuns(session, 1);
    }
  }

  @Test
  void onlyCudaDevicesHaveMemoryToBind() {
    try (Model model = Model.load(file); Session session = model.newSession()) {
      Binding binding = session.at(model.sizes().getFirst());
      String message =
          "LP5020 " + file + ": a tensor cannot be bound to memory of a CUDA device: this is not compiled for one";
      assertThatThrownBy(() -> binding.bindInput("x", 4096)).hasMessage(message);
      assertThatThrownBy(() -> binding.bindOutput("y", 4096)).hasMessage(message);
      assertRuns(session, 5);
    }
  }

  @Test
  void closingIsIdempotentAndUseAfterItAnError() {
    Model model = Model.load(file);
    Session closed = model.newSession();
    Session open = model.newSession();
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.run(Map.of("x", constant(1))))
        .hasMessage("LP5021 " + file + ": the session is closed");
    assertThatThrownBy(closed::run).hasMessageStartingWith("LP5021 ");
    assertThatThrownBy(() -> closed.profile(1)).hasMessageStartingWith("LP5021 ");
    assertRuns(open, 2);
    model.close();
    model.close();
    open.close();
    assertThatThrownBy(open::run).hasMessageStartingWith("LP5021 ");
    assertThatThrownBy(model::newSession).hasMessage("LP5021 " + file + ": the model is closed");
  }

  @Test
  void anInterruptedCallerGetsItsResultAndKeepsItsInterrupt() {
    try (Model model = Model.load(file); Session session = model.newSession()) {
      Thread.currentThread().interrupt();
      assertRuns(session, 6);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void threadsOfClosedSessionsAreUsedAgain() throws IOException {
    try (Model model = Model.load(file)) {
      openAndClose(model, 5);
      long before = nativeThreads();
      openAndClose(model, 100);
      assertThat(nativeThreads()).isLessThan(before + 50);
    }
  }

  private static void openAndClose(Model model, int times) {
    for (int i = 0; i < times; i++) {
      try (Session session = model.newSession(SessionOptions.threads(3))) {
        assertRuns(session, i);
      }
    }
  }

  private static long nativeThreads() throws IOException {
    try (var tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.count();
    }
  }

  private static void assertRuns(Session session, float value) {
    float[] y = session.run(Map.of("x", constant(value))).get("y").floats();
    float[] expected = new float[TinyModel.ELEMENTS];
    IntStream.range(0, expected.length).forEach(i -> expected[i] = 2 * value + i);
    assertThat(y).isEqualTo(expected);
  }

  private static void assertMisfit(Session session, Map<String, Tensor> inputs, String message) {
    assertThatThrownBy(() -> session.run(inputs))
        .isInstanceOf(LowpassRuntimeException.class)
        .hasMessage("LP5020 " + file + ": " + message);
  }

  private static Tensor constant(float value) {
    float[] values = new float[TinyModel.ELEMENTS];
    java.util.Arrays.fill(values, value);
    return Tensor.of(values, ROWS, COLUMNS);
  }
}
