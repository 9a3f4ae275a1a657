package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.backend.CudaBackend;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.runtime.artifact.FileLayout;
import dev.lowpass.runtime.artifact.KernelLaunch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The PTX of a network with layers of every usual kind, as NVIDIA's assembler sees it. */
class CudaCodeTest {
  private static final Graph GRAPH =
      IrText.parse(
          """
          graph @layers(%x: f32[1, 32, 14, 14]) -> (%y) {
            %w1 = constant f32[48, 32] random(seed = 1)
            %w2 = constant f32[48, 3, 3] random(seed = 2)
            %w3 = constant f32[24, 48] random(seed = 3)
            %w4 = constant f32[20, 24] random(seed = 4)
            %a = pointwise %x, %w1
            %b = relu %a
            %c = depthwise %b, %w2 {kernel = [3, 3], pads = [1, 1, 1, 1]}
            %d = dct %c {block = 7x7, order = zigzag, keep = [49*20, 9*28]}
            %e = pointwise %d, %w3
            %f = idct %e
            %g = relu %f
            %y = pointwise %g, %w4
          }
          """,
          "layers.ir");

  private static final Code CODE = Code.of(GRAPH);

  private record Code(List<KernelLaunch> launches, String ptx) {
    static Code of(Graph graph) {
      Plan plan = CudaBackend.USUAL.plan(graph);
      Library library = CudaBackend.USUAL.emit(plan, List.of(), new Parameters());
      byte[] ptx =
          CudaBackend.USUAL.build(library, Limits.usual(), _ -> {}).contents().get(FileLayout.CODE);
      return new Code(library.launches(), new String(ptx, StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyLaunchFitsEveryGpu(Multiprocessor processor) {
    Map<String, KernelReport> reports =
        PtxAssembler.assemble(CODE.ptx(), processor.gpu()).stream()
            .collect(Collectors.toMap(KernelReport::kernel, Function.identity()));
    assertThat(CODE.launches()).isNotEmpty();
    for (KernelLaunch launch : CODE.launches()) {
      KernelReport report = reports.get(launch.kernel());
      assertThat(report).as(launch.kernel()).isNotNull();
      assertThat(report.spills()).as(report.toString()).isZero();
      assertThat(processor.occupancy(report, launch.items()).groups()).as(report.toString()).isPositive();
    }
  }

  /** What is kept on the stack goes by way of memory, which is as slow as it gets. */
  @Test
  void nothingIsInLocalMemory() {
    SequencedMap<String, PtxCounts.OfKernel> counts = PtxCounts.of(CODE.ptx());
    assertThat(counts).isNotEmpty();
    counts.forEach(
        (kernel, count) ->
            assertThat(count.whole().loads().get(PtxInstruction.Space.LOCAL).instructions()).as(kernel).isZero());
  }
}
