package dev.lowpass.testsuite.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.artifact.ArtifactReader;
import dev.lowpass.runtime.natives.Natives;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An artifact's kernel library is an ordinary TVM module: tvm4j loads it and runs it, in a virtual machine of its own.
 */
class TvmForJavaTest {
  private static final String TEXT =
      """
      graph @small(%x: f32[1, 20, 14, 14]) -> (%y) {
        %w1 = constant f32[40, 20] random(seed = 1)
        %w2 = constant f32[40, 3, 3] random(seed = 2)
        %w3 = constant f32[20, 40] random(seed = 3)
        %a = pointwise %x, %w1
        %b = relu %a
        %c = depthwise %b, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %d = dct %c {block = 7x7, order = zigzag, keep = [40*20, 8*20]}
        %e = pointwise %d, %w3
        %y = idct %e
      }
      """;

  /** What the loader says where something is missing that we do not bring; any other failure to link is ours. */
  private static final Pattern LIBRARY_OF_THE_SYSTEM =
      Pattern.compile("UnsatisfiedLinkError: .*libtvm4j\\.so: .*cannot open shared object file");

  @TempDir private Path folder = Path.of("");

  @Test
  void loadsAndRunsAKernelLibrary() throws IOException, InterruptedException {
    Graph graph = IrText.parse(TEXT, "small.ir");
    Path file = folder.resolve("small.lowpass");
    CompileOptions options = CompileOptions.defaults().withPipeline("").withCheck(false);
    new Compiler().compile(graph, options, Progress.silent()).writeTo(file);
    Artifact artifact = ArtifactReader.read(file, "small");
    Tensor input = SeededInputs.of(graph, 4).get("x");
    Files.write(folder.resolve("code.so"), artifact.code().getFirst());
    write(folder.resolve("parameters"), artifact.parameters());
    write(folder.resolve("input"), bytes(input.floats()));
    long scratch = (artifact.manifest().first().memory().scratchBytes() + artifact.manifest().first().memory().workerBytes()) / 4;
    Tensor expected = Interpreter.run(graph, SeededInputs.of(graph, 4)).get("y");

    Path said = folder.resolve("said");
    int code = runAlone(said, Long.toString(expected.shape().elements()), Long.toString(scratch));
    String output = Files.readString(said);
    assumeTrue(
        !LIBRARY_OF_THE_SYSTEM.matcher(output).find(),
        () -> "a library that tvm4j's natives need is not on this system: " + output);
    assertThat(code).as(output).isZero();
    float[] result = new float[(int) expected.shape().elements()];
    byte[] written = Files.readAllBytes(folder.resolve("output"));
    ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(result);
    Difference difference = Difference.between(Tensor.of(result, expected.shape()), expected);
    assertThat(difference.isWithin(1e-5)).as("%s", difference).isTrue();
  }

  /** tvm4j looks for {@code libtvm4j.so} on Java's library path, and what that needs on the system's. */
  private int runAlone(Path said, String outputElements, String scratchElements)
      throws IOException, InterruptedException {
    Path natives = Natives.load().folder();
    Files.copy(natives.resolve("libjnitvm_runtime.so"), folder.resolve("libtvm4j.so"));
    ProcessBuilder child =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + folder,
                "-Dlibtvm.so.path=" + natives.resolve("libtvm_runtime.so"),
                "-cp",
                System.getProperty("java.class.path"),
                TvmForJava.class.getName(),
                folder.toString(),
                outputElements,
                scratchElements));
    child.environment().put("LD_LIBRARY_PATH", natives.toString());
    return child.redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static void write(Path file, ByteBuffer bytes) throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    Files.write(file, copy);
  }
}
