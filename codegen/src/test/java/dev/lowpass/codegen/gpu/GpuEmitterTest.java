package dev.lowpass.codegen.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.artifact.DeviceKind;
import dev.lowpass.runtime.tvm.Device;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of step on a device, whole and step by step, with the remainders that its schedule has. */
class GpuEmitterTest {
  private static final double TOLERANCE = 1e-5;
  private static final CompileOptions AS_IT_STANDS =
      CompileOptions.defaults().withTarget("opencl").withPipeline("").withCheck(false);

  @TempDir
  Path folder;

  @TestFactory
  Stream<DynamicTest> everyKindOfStep() {
    return IrText.parseAll(GRAPHS, "GpuEmitterTest").stream()
        .map(graph -> DynamicTest.dynamicTest(graph.name(), () -> assertComputes(graph)));
  }

  @Test
  void compilingTwiceGivesIdenticalBytes() throws IOException {
    Graph graph = IrText.parseAll(GRAPHS, "GpuEmitterTest").getFirst();
    Path first = write(graph, "first.lowpass");
    assertThat(write(graph, "second.lowpass")).hasSameBinaryContentAs(first);
  }

  @Test
  void theCheckOfEveryCompilationRunsOnTheDevice() {
    assumeDevice();
    Graph graph = IrText.parseAll(GRAPHS, "GpuEmitterTest").getFirst();
    Compilation compilation = new Compiler().compile(graph, AS_IT_STANDS.withCheck(true), Progress.silent());
    assertThat(compilation.manifest().target().device()).isEqualTo(DeviceKind.OPENCL);
  }

  @Test
  void withoutADeviceTheCheckSaysHowToGoOn() {
    assumeFalse(Device.OPENCL.exists(), "an OpenCL device is here");
    Graph graph = IrText.parseAll(GRAPHS, "GpuEmitterTest").getFirst();
    assertThatThrownBy(() -> new Compiler().compile(graph, AS_IT_STANDS.withCheck(true), Progress.silent()))
        .isInstanceOf(LowpassException.class)
        .hasMessageContaining("LP4011")
        .hasMessageContaining("--no-check");
  }

  private static void assumeDevice() {
    assumeTrue(Device.OPENCL.exists(), "no OpenCL device here; Debian's pocl-opencl-icd brings one");
  }

  private Path write(Graph graph, String name) {
    Path file = folder.resolve(name);
    new Compiler().compile(graph, AS_IT_STANDS, Progress.silent()).writeTo(file);
    return file;
  }

  private void assertComputes(Graph graph) throws IOException {
    assumeDevice();
    Map<String, Tensor> inputs = SeededInputs.of(graph, 5);
    Map<String, Tensor> expected = Interpreter.run(graph, inputs);
    Path file = write(graph, graph.name());
    try (Model model = Model.load(file);
        Session session = model.newSession(SessionOptions.threads(1))) {
      poison(session);
      inputs.forEach((name, tensor) -> session.input(name).floatBuffer().put(tensor.floats()));
      session.run();
      compare("whole", session, expected);
      session.profile(1);
      compare("step by step", session, expected);
    }
    Files.delete(file);
  }

  /** An inference on NaN: whatever a later one reads without having written it shows. */
  private static void poison(Session session) {
    for (TensorSpec spec : session.inputs()) {
      FloatBuffer buffer = session.input(spec.name()).floatBuffer();
      while (buffer.hasRemaining()) {
        buffer.put(Float.NaN);
      }
    }
    session.run();
  }

  private static void compare(String how, Session session, Map<String, Tensor> expected) {
    expected.forEach(
        (name, tensor) -> {
          Tensor actual = Tensor.of(session.output(name).floats(), tensor.shape());
          Difference difference = Difference.between(actual, tensor);
          assertThat(difference.isWithin(TOLERANCE)).as("%%%s, %s: %s", name, how, difference).isTrue();
        });
  }

  private static final String GRAPHS =
      """
      graph @product(%x: f32[2, 20, 5, 7], %r: f32[2, 33, 5, 7]) -> (%y, %plain) {
        %w = constant f32[33, 20] random(seed = 1)
        %b = constant f32[33] random(seed = 2)
        %p = pointwise %x, %w, %b
        %s = add %p, %r
        %y = clip %s {min = -0.5, max = 6.0}
        %plain = pointwise %x, %w
      }

      graph @tallProduct(%x: f32[1, 17, 30, 31]) -> (%y) {
        %w = constant f32[100, 17] random(seed = 1)
        %p = pointwise %x, %w
        %y = relu %p
      }

      graph @oneRow(%x: f32[3, 70, 1, 1]) -> (%y) {
        %w = constant f32[150, 70] random(seed = 1)
        %b = constant f32[150] random(seed = 2)
        %y = pointwise %x, %w, %b
      }

      graph @bandedProduct(%x: f32[2, 24, 14, 21], %r: f32[2, 40, 14, 21]) -> (%y) {
        %w = constant f32[40, 24] random(seed = 1)
        %b = constant f32[40] random(seed = 2)
        %f = dct %x {block = 7x7, order = zigzag, keep = [49*7, 30*9, 3*4, 0*4]}
        %p = pointwise %f, %w, %b {block = 7x7, order = zigzag, keep = [49*7, 30*9, 3*4, 0*4]}
        %i = idct %p
        %s = add %i, %r
        %y = relu %s
      }

      graph @linearBottleneck(%x: f32[1, 18, 8, 12]) -> (%y) {
        %w1 = constant f32[20, 18] random(seed = 1)
        %b1 = constant f32[20] random(seed = 2)
        %w2 = constant f32[20, 20] random(seed = 3)
        %f = dct %x {block = 4x4, order = square, keep = [16*6, 5*12]}
        %p = pointwise %f, %w1, %b1
        %q = pointwise %p, %w2
        %s = add %q, %p
        %y = idct %s
      }

      graph @raggedBlocks(%x: f32[2, 19, 9, 13], %r: f32[2, 19, 9, 13]) -> (%y, %z) {
        %f = dct %x {block = 4x4, order = diagonal, keep = [16*3, 9*8, 1*4, 0*4]}
        %i = idct %f
        %s = add %r, %i
        %y = clip %s {min = -1.0, max = 1.0}
        %g = dct %x {block = 3x5, order = zigzag}
        %z = idct %g
      }

      graph @largeBlocks(%x: f32[1, 3, 28, 48]) -> (%y) {
        %f = dct %x {block = 28x24, order = zigzag, keep = [672, 200, 30]}
        %y = idct %f
      }

      graph @oneLine(%x: f32[1, 3, 4, 6]) -> (%y, %z) {
        %f = dct %x {block = 1x3, order = zigzag, keep = [3, 2, 1]}
        %y = idct %f
        %g = dct %x {block = 1x1, order = zigzag}
        %z = idct %g
      }

      graph @depthwise(%x: f32[2, 20, 9, 8]) -> (%y, %z, %v) {
        %w = constant f32[20, 3, 3] random(seed = 1)
        %b = constant f32[20] random(seed = 2)
        %d = depthwise %x, %w, %b {kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1]}
        %y = clip %d {min = 0.0, max = 6.0}
        %z = depthwise %x, %w {kernel = [3, 3], dilations = [2, 3], pads = [2, 3, 2, 3]}
        %w5 = constant f32[20, 5, 1] random(seed = 3)
        %v = depthwise %x, %w5, %b {kernel = [5, 1]}
      }

      graph @spectralDepthwise(%x: f32[1, 20, 14, 14]) -> (%y) {
        %w1 = constant f32[40, 20] random(seed = 1)
        %w2 = constant f32[40, 3, 3] random(seed = 2)
        %w3 = constant f32[24, 40] random(seed = 3)
        %f = dct %x {block = 7x7, order = zigzag, keep = [49*8, 20*12]}
        %e = pointwise %f, %w1
        %s = idct %e
        %r = clip %s {min = 0.0, max = 6.0}
        %d = depthwise %r, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %c = clip %d {min = 0.0, max = 6.0}
        %g = dct %c {block = 7x7, order = zigzag, keep = [49*10, 25*20, 4*10]}
        %p = pointwise %g, %w3 {block = 7x7, order = zigzag, keep = [49*10, 25*20, 4*10]}
        %y = idct %p
      }

      graph @convolution(%x: f32[2, 3, 11, 10], %r: f32[2, 20, 6, 5]) -> (%y, %g) {
        %w = constant f32[20, 3, 3, 3] random(seed = 1)
        %b = constant f32[20] random(seed = 2)
        %c = convolution %x, %w, %b {kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 0]}
        %s = add %c, %r
        %y = hard_swish %s
        %w2 = constant f32[18, 10, 2, 3] random(seed = 3)
        %g = convolution %y, %w2 {kernel = [2, 3], groups = 2}
      }

      graph @pooling(%x: f32[2, 18, 9, 10]) -> (%m, %a, %g, %h) {
        %m = max_pool %x {kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1]}
        %a = average_pool %x {kernel = [3, 2], strides = [2, 1], pads = [1, 0, 1, 1]}
        %g = global_average_pool %x
        %f = dct %x {block = 3x5, order = zigzag}
        %h = global_average_pool %f
      }

      graph @squeezeExcite(%x: f32[2, 20, 6, 6]) -> (%y, %z) {
        %w = constant f32[20, 20] random(seed = 1)
        %g = global_average_pool %x
        %p = pointwise %g, %w
        %s = hard_sigmoid %p {alpha = 0.2, beta = 0.5}
        %y = mul %x, %s
        %f = dct %x {block = 3x3, order = zigzag, keep = [9*10, 4*10]}
        %m = mul %f, %s
        %z = idct %m
      }

      graph @functions(%x: f32[2, 5, 4, 3], %v: f32[4, 7]) -> (%y, %z, %q) {
        %a = sigmoid %x
        %b = tanh %a
        %c = exp %b
        %d = sqrt %c
        %e = log %d
        %y = abs %e
        %f = relu %v
        %z = neg %f
        %k = constant f32[5, 1, 1] random(seed = 1)
        %s = sub %x, %k
        %t = max %s, %x
        %one = constant f32[] [1.5]
        %q = div %t, %one
      }

      graph @movement(%x: f32[2, 18, 4, 6], %u: f32[2, 5, 4, 6]) -> (%s, %t, %p, %c, %r) {
        %s = slice %x {starts = [0, 3, 1, 0], extents = [2, 14, 2, 3], steps = [1, 1, 2, 2]}
        %t = transpose %x {permutation = [0, 2, 3, 1]}
        %p = pad %x {pads = [0, 0, 1, 2, 0, 3, 2, 1], value = 0.5}
        %c = concat %u, %x, %u {axis = 1}
        %r = reshape %x {shape = [2, 432]}
      }

      graph @matrices(%a: f32[2, 5, 6], %b: f32[6, 4]) -> (%y, %z) {
        %m = matmul %a, %b
        %y = softmax %m {axis = 2}
        %z = softmax %a {axis = 1}
      }
      """;
}
