package dev.lowpass.testsuite.cuda;

import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.fit.SyntheticBands;
import dev.lowpass.codegen.plan.StepWork;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is known of MobileNetV2's kernels without a GPU, as tables: {@code GpuTables FILE.md} writes {@code
 * docs/gpu-kernels.md}. It needs the folder of shared data.
 */
public final class GpuTables {
  /** Of its three files the one whose batch is open. */
  static final TestModel MODEL = TestModel.of("mobilenet_v2_1.0_224_bn");

  /** Of every map that blocks of 7x7 divide, 25 of 49 coefficients, whether that pays or not. */
  private static final String HALF = "square-7-0.5";

  private static final List<Integer> BATCHES = List.of(1, 8, 32, 128);

  private static final List<Integer> SHOWN = List.of(1, 128);

  /** An H200: bytes a second as they were measured, and multiply-adds of its fp32 units. */
  private static final double BYTES_A_SECOND = 4.3e12;

  private static final double MACS_A_SECOND = 67e12 / 2;

  private GpuTables() {}

  public static void main(String[] arguments) throws IOException {
    byte[] onnx = MODEL.bytes().orElseThrow(() -> new IOException(MODEL + " is in the folder of shared data"));
    List<String> sections = new ArrayList<>(List.of(HEADER.strip(), limits()));
    List<String> bounds = new ArrayList<>();
    for (boolean half : new boolean[] {false, true}) {
      for (int batch : BATCHES) {
        Compilation compilation = compile(onnx, half, batch);
        bounds.add(bound(compilation, half, batch));
        if (SHOWN.contains(batch)) {
          sections.add(table(compilation, half, batch).markdown());
        }
      }
    }
    sections.add(2, ROOFLINE.strip() + "\n" + String.join("\n", bounds));
    Files.writeString(Path.of(arguments[0]), String.join("\n\n", sections) + "\n");
  }

  static Compilation compile(byte[] onnx, boolean half, int batch) {
    ImportOptions shape = ImportOptions.defaults().withShape("input", Shape.of(batch, 3, 224, 224));
    Graph graph = OnnxReader.read(onnx, MODEL.name(), shape).graph();
    CompileOptions options = CompileOptions.defaults().withTarget("cuda").withCheck(false).dense();
    if (half) {
      Graph canonical = PassManager.verifying().run(Pipelines.canonical(), graph, PassContext.of(Machines.CUDA));
      options = options.withBands(SyntheticBands.parse(HALF).of(canonical)).withPipeline(LawCase.EVERY_LAYER);
    }
    return new Compiler().compile(graph, options, Progress.silent());
  }

  static KernelTable table(Compilation compilation, boolean half, int batch) {
    return new KernelTable(form(half) + ", batch " + batch, LaunchFacts.of(compilation.code()));
  }

  private static String form(boolean half) {
    return half ? "MobileNetV2, half of the coefficients" : "MobileNetV2 dense";
  }

  private static String bound(Compilation compilation, boolean half, int batch) {
    StepWork all = StepWork.of(compilation.plan());
    double memory = all.bytes() / BYTES_A_SECOND;
    double arithmetic = all.multiplyAdds() / MACS_A_SECOND;
    double both =
        compilation.plan().steps().stream()
            .map(StepWork::of)
            .mapToDouble(work -> Math.max(work.bytes() / BYTES_A_SECOND, work.multiplyAdds() / MACS_A_SECOND))
            .sum();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %.1f | %.2f | %.1f | %.1f | %.1f |",
        form(half),
        batch,
        compilation.code().library().launches().size(),
        all.bytes() / 1e6,
        all.multiplyAdds() / 1e9,
        1e6 * memory,
        1e6 * arithmetic,
        1e6 * both);
  }

  private static String limits() {
    List<String> lines = new ArrayList<>(List.of(LIMITS.strip()));
    for (KernelKind kind : KernelKind.values()) {
      lines.add(limits(kind, "", KernelLimits.of(kind)));
    }
    for (KernelKind kind : KernelKind.ON_TENSOR_CORES) {
      lines.add(limits(kind, " on tensor cores", KernelLimits.onTensorCores(kind)));
    }
    return String.join("\n", lines);
  }

  private static String limits(KernelKind kind, String where, KernelLimits limits) {
    return "| %s%s | %s | %s | %s | %s |".formatted(
        kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        where,
        number(limits.sharedPerMac()),
        number(limits.globalPerMac()),
        Math.round(100 * limits.vectorShare()) + " %",
        Math.round(100 * limits.occupancy()) + " %");
  }

  private static String number(double limit) {
    return Double.isFinite(limit) ? BigDecimal.valueOf(limit).toPlainString() : "any";
  }

  private static final String HEADER =
      """
      # Kernels of the CUDA target, counted

      Written by `GpuTables`; [gpu.md](gpu.md) says how it is called, and what the numbers mean. Registers, shared memory and
      occupancy are those of sm_90. Loads are instructions of a work-item for each of its multiply-adds, over the whole kernel,
      with everything that a condition guards; a loop whose end is read from a table, as over the channels of a band, counts for 8 turns.
      "Half of the coefficients" is 25 of 49 of what every pointwise layer reads, whether that pays or not.
      """;

  private static final String LIMITS =
      """
      ## Limits

      `KernelLawsTest` holds every launch to these, for sm_80 and sm_90. Nothing may be spilled.

      | kernels | shared loads at most | global loads at most | by vectors at least | occupancy at least |
      |---|---:|---:|---:|---:|
      """;

  private static final String ROOFLINE =
      """
      ## Bounds

      What the plan's steps read and write, each operand once, and multiply; transforms are not counted as multiplications, and
      of whole blocks not what neighbouring tiles compute both. Times are bounds for an H200, from 4.3 TB/s as measured on one and 67
      TFLOP/s in fp32. The last column adds up what bounds each step: no plan with these steps is faster, unless what a step wrote is
      still in the cache.

      | form | batch | launches | MB | G multiply-adds | us by memory | us by arithmetic | us step by step |
      |---|---:|---:|---:|---:|---:|---:|---:|
      """;
}
