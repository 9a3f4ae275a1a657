package dev.lowpass.codegen.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.build.RunsHere;
import dev.lowpass.codegen.plan.KernelFiles;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.runtime.artifact.DeviceKind;
import dev.lowpass.runtime.tvm.Device;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries for a device; the test suite runs what is in them. */
class GpuEmitterTest {
  private static final CompileOptions AS_IT_STANDS =
      CompileOptions.defaults().withTarget("opencl").withPipeline("").withCheck(false);

  @TempDir
  Path folder;

  @Test
  void compilingTwiceGivesIdenticalBytes() throws IOException {
    Graph graph = KernelFiles.graph("schedules.lpt", "product");
    Path first = write(graph, "first.lowpass");
    assertThat(write(graph, "second.lowpass")).hasSameBinaryContentAs(first);
  }

  @Test
  void theCheckOfEveryCompilationRunsOnTheDevice() {
    RunsHere.assumeOpenCl();
    Graph graph = KernelFiles.graph("schedules.lpt", "product");
    Compilation compilation = new Compiler().compile(graph, AS_IT_STANDS.withCheck(true), Progress.silent());
    assertThat(compilation.manifest().target().device()).isEqualTo(DeviceKind.OPENCL);
  }

  @Test
  void withoutADeviceTheCheckSaysHowToGoOn() {
    assumeFalse(Device.OPENCL.exists(), "an OpenCL device is here");
    Graph graph = KernelFiles.graph("schedules.lpt", "product");
    assertThatThrownBy(() -> new Compiler().compile(graph, AS_IT_STANDS.withCheck(true), Progress.silent()))
        .isInstanceOf(LowpassException.class)
        .hasMessageContaining("LP4011")
        .hasMessageContaining("--no-check");
  }

  private Path write(Graph graph, String name) {
    Path file = folder.resolve(name);
    new Compiler().compile(graph, AS_IT_STANDS, Progress.silent()).writeTo(file);
    return file;
  }
}
