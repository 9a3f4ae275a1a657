package dev.lowpass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.runtime.artifact.SyntheticArtifact;
import dev.lowpass.runtime.execution.PlusModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models for CUDA devices through the public API, on the device that {@link dev.lowpass.runtime.cuda.RecordingDriver}
 * makes of the processor's memory. Their parameters are zeros: y = x.
 */
class CudaModelTest {
  private static final int PAGE_BYTES = 4096;

  @TempDir
  Path folder;

  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    byte[] artifact = new SyntheticArtifact(PlusModel.manifest("cuda:sm_80")).bytes();
    file = Files.write(folder.resolve("plus.lowpass"), artifact);
  }

  private static void assumeDriver() {
    Assumptions.assumeTrue(Runtime.version().feature() >= 22, "CUDA devices are driven from Java 22 on");
  }

  private static Tensor counting(int batch) {
    Tensor tensor = Tensor.allocate(ElementType.F32, batch, 16);
    for (int i = 0; i < tensor.elements(); i++) {
      tensor.floatBuffer().put(i, i + batch);
    }
    return tensor;
  }

  @Test
  void olderJavasSayWhatTheyNeed() {
    Assumptions.assumeTrue(Runtime.version().feature() < 22, "CUDA devices are driven from Java 22 on");
    assertThatThrownBy(() -> Model.load(file))
        .hasMessage("LP5023 " + file + ": compiled for cuda:sm_80, but NVIDIA's driver is called from Java 22 on, and this"
            + " is Java " + Runtime.version().feature() + "; run it on a newer one");
  }

  @Test
  void runsEachSizeInEachSession() {
    assumeDriver();
    try (Model model = Model.load(file);
        Session session = model.newSession();
        Session other = model.newSession(SessionOptions.threads(2))) {
      for (int batch : List.of(4, 1, 4)) {
        for (Session one : List.of(session, other)) {
          Tensor x = counting(batch);
          assertThat(one.run(Map.of("x", x)).get("y").floats()).containsExactly(x.floats());
        }
      }
      session.input("x").buffer().put(counting(1).buffer());
      session.run();
      assertThat(session.output("y").floats()).containsExactly(counting(1).floats());
      assertThat(session.profile(2).steps()).hasSize(2);
    }
  }

  /** What is pinned shares no page with anything else. */
  @Test
  void boundTensorsHavePagesOfTheirOwn() {
    assumeDriver();
    try (Model model = Model.load(file);
        Session session = model.newSession()) {
      for (Tensor tensor : List.of(session.input("x"), session.output("y"))) {
        ByteBuffer buffer = tensor.buffer();
        assertThat(buffer.alignmentOffset(0, PAGE_BYTES)).isZero();
        assertThat(buffer.capacity()).isEqualTo(64);
      }
    }
  }

  @Test
  void whatIsBoundToTheDeviceIsNotGivenByCopy() {
    assumeDriver();
    try (Model model = Model.load(file);
        Session session = model.newSession()) {
      Binding binding = session.at(model.sizes().get(0));
      assertThatThrownBy(() -> binding.bindInput("z", 64)).hasMessageStartingWith("LP5020 ").hasMessageContaining("'z'");
      assertThatThrownBy(() -> binding.bindOutput("x", 64)).hasMessageStartingWith("LP5020 ").hasMessageContaining("'x'");
      assertThatThrownBy(() -> binding.bindInput("x", 65)).hasMessageStartingWith("LP5020 ").hasMessageContaining("0x41");
      assertThat(session.run(Map.of("x", counting(1)))).hasSize(1);
      binding.bindInput("x", 64);
      assertThatThrownBy(() -> session.run(Map.of("x", counting(1))))
          .hasMessage("LP5020 " + file + ": [x] of this size are bound to memory of the device; run its binding");
      assertThat(session.run(Map.of("x", counting(4)))).hasSize(1);
      session.close();
      assertThatThrownBy(() -> binding.bindInput("x", 64)).hasMessageStartingWith("LP5021 ");
      assertThatThrownBy(() -> binding.bindOutput("y", 64)).hasMessageStartingWith("LP5021 ");
    }
  }

  @Test
  void closingAModelClosesItsSessionsFirst() {
    assumeDriver();
    Model model = Model.load(file);
    Session open = model.newSession();
    Session closed = model.newSession();
    closed.close();
    model.close();
    model.close();
    open.close();
    assertThatThrownBy(open::run).hasMessageStartingWith("LP5021 ");
  }

  /** In a process of its own: other tests load it. */
  @Test
  void tvmIsNotLoaded() throws Exception {
    assumeDriver();
    Path output = folder.resolve("output");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CudaModelTest.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(child.waitFor()).as(Files.readString(output)).isZero();
    assertThat(Files.readString(output)).contains("libjvm").doesNotContain("tvm_runtime", "javacpp");
  }

  /** Prints what is mapped into a process that has run a model. */
  public static void main(String[] arguments) throws IOException {
    try (Model model = Model.load(Path.of(arguments[0]));
        Session session = model.newSession()) {
      session.run(Map.of("x", counting(1)));
      System.out.println(Files.readString(Path.of("/proc/self/maps")));
    }
  }
}
