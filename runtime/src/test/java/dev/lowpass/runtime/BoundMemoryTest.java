package dev.lowpass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inferences from and to memory of the caller. */
class BoundMemoryTest {
  private static final int BYTES = 4 * RectifyModel.ELEMENTS;

  @TempDir
  Path folder;

  private static ByteBuffer memory() {
    return ByteBuffer.allocateDirect(BYTES + 64).alignedSlice(64).slice(0, BYTES).order(ByteOrder.nativeOrder());
  }

  private static Tensor wrapped(ByteBuffer memory) {
    return Tensor.wrap(memory, ElementType.F32, RectifyModel.SHAPE);
  }

  private static float[] floats(ByteBuffer memory) {
    float[] values = new float[RectifyModel.ELEMENTS];
    memory.asFloatBuffer().get(values);
    return values;
  }

  @Test
  void runsReadAndWriteTheCallersMemory() {
    try (Model model = RectifyModel.load(); Session session = model.newSession(SessionOptions.threads(2))) {
      Binding binding = session.at(model.sizes().get(0));
      ByteBuffer[] from = {memory(), memory()};
      ByteBuffer[] to = {memory(), memory()};
      for (int run = 0; run < 4; run++) {
        ByteBuffer x = from[run % 2];
        ByteBuffer y = to[run / 2];
        x.asFloatBuffer().put(RectifyModel.ramp()).put(0, run);
        binding.bindInput("x", wrapped(x.asReadOnlyBuffer()));
        binding.bindOutput("y", wrapped(y));
        session.run();
        float[] expected = RectifyModel.rectified();
        expected[0] = run;
        assertThat(floats(y)).containsExactly(expected);
        assertThat(session.output("y").floats()).containsExactly(expected);
      }
      assertThat(session.profile(1).steps()).hasSize(1);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    try (Model model = RectifyModel.load(); Session session = model.newSession(SessionOptions.threads(1))) {
      Binding binding = session.at(model.sizes().get(0));
      Tensor tensor = wrapped(memory());
      assertThatThrownBy(() -> binding.bindInput("z", tensor)).hasMessageStartingWith("LP5020 ").hasMessageContaining("'z'");
      assertThatThrownBy(() -> binding.bindInput("x", Tensor.allocate(ElementType.F32, 3)))
          .hasMessage("LP5020 rectify.lowpass: input 'x' is f32[3], but the model has f32[1, 3, 8, 8]");
      assertThatThrownBy(() -> binding.bindOutput("y", wrapped(memory().asReadOnlyBuffer())))
          .hasMessage("LP5020 rectify.lowpass: output 'y' cannot be written to read-only memory");
      binding.bindInput("x", tensor);
      assertThatThrownBy(() -> session.run(Map.of("x", tensor)))
          .hasMessageStartingWith("LP5020 ").hasMessageContaining("[input x] of this size are bound");
      binding.bindOutput("y", tensor);
      assertThatThrownBy(session::run)
          .hasMessage("LP5020 rectify.lowpass: an output is bound to memory of an input or another output");
      binding.bindInput("x", wrapped(memory()));
      session.run();
      session.close();
      assertThatThrownBy(() -> binding.bindInput("x", tensor)).hasMessageStartingWith("LP5021 ");
    }
  }

  @Test
  void memoryThatTheCodeCannotTakeIsNamed() {
    assertThatThrownBy(() -> wrapped(ByteBuffer.allocate(BYTES)))
        .hasMessage("LP5020 tensor: is to wrap a buffer on the heap; take a direct one");
    assertThatThrownBy(() -> wrapped(memory().limit(8)))
        .hasMessage("LP5020 tensor: is to wrap 8 bytes, but f32[1, 3, 8, 8] has 768");
    ByteBuffer odd = ByteBuffer.allocateDirect(BYTES + 128).alignedSlice(64).position(4).limit(4 + BYTES);
    assertThatThrownBy(() -> wrapped(odd))
        .hasMessage("LP5020 tensor: is to wrap memory that begins 4 bytes behind a multiple of 64; ByteBuffer.alignedSlice"
            + " finds one");
    FloatBuffer later = Tensor.wrap(odd.position(64).limit(72), ElementType.F32, 2).floatBuffer();
    later.put(1, 7);
    assertThat(odd.order(ByteOrder.nativeOrder()).getFloat(68)).isEqualTo(7);
  }

  @Test
  void segmentsFromJava22On() throws Exception {
    Assumptions.assumeTrue(Runtime.version().feature() >= 22, "memory segments are there from Java 22 on");
    RectifyModel.load().close();
    String program =
        """
        import dev.lowpass.runtime.*;
        import java.lang.foreign.*;

        class Program {
          public static void main(String[] arguments) {
            try (Model model = Model.load(Model.class.getResource("rectify.lowpass")); Session session = model.newSession()) {
              Binding binding = session.at(model.sizes().get(0));
              try (Arena arena = Arena.ofConfined()) {
                MemorySegment x = arena.allocate(768, 64);
                MemorySegment y = arena.allocate(768, 64);
                x.setAtIndex(ValueLayout.JAVA_FLOAT, 5, 3);
                binding.bindInput("x", Segments.tensor(x.asReadOnly(), ElementType.F32, 1, 3, 8, 8));
                binding.bindOutput("y", Segments.tensor(y, ElementType.F32, 1, 3, 8, 8));
                session.run();
                System.out.println(y.getAtIndex(ValueLayout.JAVA_FLOAT, 5));
                System.out.println(Segments.of(session.output("y")).address() == y.address());
                refused(() -> Segments.tensor(x.asSlice(4, 4), ElementType.F32, 1));
                refused(() -> Segments.tensor(MemorySegment.ofArray(new byte[4]), ElementType.F32, 1));
              }
              refused(session::run);
            }
          }

          static void refused(Runnable task) {
            try {
              task.run();
            } catch (RuntimeException e) {
              System.out.println(e.getMessage());
            }
          }
        }
        """;
    Path file = Files.writeString(folder.resolve("Program.java"), program);
    ChildJvm.End end =
        ChildJvm.in(folder)
            .with("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"))
            .run(java.util.List.of(file.toString()));
    assertThat(end.err()).isEmpty();
    assertThat(end.out().lines())
        .containsExactly(
            "3.0",
            "true",
            "LP5020 tensor: is to wrap memory that begins 4 bytes behind a multiple of 64; ByteBuffer.alignedSlice finds one",
            "LP5020 tensor: is to wrap a segment on the heap; take one of native memory",
            "Already closed");
  }
}
