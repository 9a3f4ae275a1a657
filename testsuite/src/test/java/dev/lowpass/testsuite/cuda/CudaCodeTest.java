package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Pipeline;
import dev.lowpass.runtime.artifact.FileLayout;
import dev.lowpass.runtime.artifact.KernelLaunch;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  private static final Map<Precision, Code> CODES = codes();

  private static Map<Precision, Code> codes() {
    Map<Precision, Code> codes = new EnumMap<>(Precision.class);
    for (Precision precision : Precision.values()) {
      codes.put(precision, Code.of(GRAPH, Backends.parse("cuda", precision)));
    }
    return codes;
  }

  private record Code(List<KernelLaunch> launches, String ptx) {
    static Code of(Graph graph, Backend backend) {
      Pipeline rounding = Pipelines.parse("round-products");
      Plan plan = backend.plan(new PassManager(List.of()).run(rounding, graph, PassContext.of(backend.machine())));
      Library library = backend.emit(plan, List.of(), new Parameters());
      byte[] ptx =
          backend.build(library, Limits.usual(), _ -> {}).contents().get(FileLayout.CODE);
      return new Code(library.launches(), new String(ptx, StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyLaunchFitsEveryGpu(Multiprocessor processor) {
    CODES.values().forEach(code -> assertFits(code, processor));
  }

  private static void assertFits(Code code, Multiprocessor processor) {
    Map<String, KernelReport> reports =
        PtxAssembler.assemble(code.ptx(), processor.gpu()).stream()
            .collect(Collectors.toMap(KernelReport::kernel, Function.identity()));
    assertThat(code.launches()).isNotEmpty();
    for (KernelLaunch launch : code.launches()) {
      KernelReport report = reports.get(launch.kernel());
      assertThat(report).as(launch.kernel()).isNotNull();
      assertThat(report.spills()).as(report.toString()).isZero();
      assertThat(processor.occupancy(report, launch.items()).groups()).as(report.toString()).isPositive();
    }
  }

  /** In the PTX itself, not in what stands before it as comments. */
  @ParameterizedTest
  @CsvSource({
    "TF32, m16n8k8.row.col.f32.tf32.tf32.f32, cvt.rna.tf32.f32",
    "FLOAT16, m16n8k16.row.col.f32.f16.f16.f32, cvt.rn.f16x2.f32",
    "BFLOAT16, m16n8k16.row.col.f32.bf16.bf16.f32, cvt.rn.bf16x2.f32"
  })
  void eachPrecisionHasItsInstructions(Precision precision, String product, String rounding) {
    List<String> code = CODES.get(precision).ptx().lines().filter(line -> !line.startsWith("//")).toList();
    assertThat(code).anyMatch(line -> line.contains("mma.sync.aligned." + product));
    assertThat(code).anyMatch(line -> line.contains(rounding));
  }

  /** What is kept on the stack goes by way of memory, which is as slow as it gets. */
  @ParameterizedTest
  @EnumSource
  void nothingIsInLocalMemory(Precision precision) {
    SequencedMap<String, PtxCounts.OfKernel> counts = PtxCounts.of(CODES.get(precision).ptx());
    assertThat(counts).isNotEmpty();
    counts.forEach(
        (kernel, count) ->
            assertThat(count.whole().loads().get(PtxInstruction.Space.LOCAL).instructions()).as(kernel).isZero());
  }
}
