package dev.lowpass.testsuite.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.build.DeepStack;
import dev.lowpass.codegen.build.ObjectFile;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.ChoiceSpace;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.runtime.natives.Natives;
import dev.lowpass.runtime.tvm.Tvm;
import dev.lowpass.runtime.tvm.TvmObject;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What kernels that round are made of, in the assembler's words: there without a processor that runs them. */
class EmittedInstructionsTest {
  private static final Pattern SPILLS = Pattern.compile("vmovups\\s+%zmm\\d+, -?\\d*\\(%rsp\\)|64-byte Spill");

  @Test
  void vectorsOfPairs() {
    for (String kernel : assembler("cpu:x86-64-v4+bf16")) {
      if (kernel.contains("vdpbf16ps")) {
        assertThat(kernel).doesNotContain("tdpbf16ps").doesNotContainPattern(SPILLS);
        // A tile of 14 rows by two vectors is one loop with 28 of them.
        assertThat(longestRun(kernel, "vdpbf16ps")).as(kernel).isGreaterThanOrEqualTo(28);
      }
    }
    assertThat(assembler("cpu:x86-64-v4+bf16")).anyMatch(kernel -> kernel.contains("vdpbf16ps"));
  }

  @Test
  void tiles() {
    List<String> kernels = assembler("cpu:x86-64-v4+amx");
    assertThat(kernels).anyMatch(kernel -> kernel.contains("tdpbf16ps")).anyMatch(kernel -> kernel.contains("ldtilecfg"));
    for (String kernel : kernels) {
      if (kernel.contains("tdpbf16ps")) {
        assertThat(kernel).contains("tilestored").doesNotContain("vdpbf16ps").doesNotContainPattern(SPILLS);
      }
    }
  }

  /** Rounding is one instruction for two vectors, and nothing rounds where single precision is asked for. */
  @Test
  void rounding() {
    assertThat(assembler("cpu:x86-64-v4+amx")).anyMatch(kernel -> kernel.contains("vcvtne2ps2bf16"));
    assertThat(assembler(Backends.parse("cpu:x86-64-v4+amx")))
        .noneMatch(kernel -> kernel.contains("bf16ps") || kernel.contains("2bf16") || kernel.contains("tilecfg"));
  }

  private static List<String> assembler(String target) {
    return assembler(Backends.parse(target, Precision.BFLOAT16));
  }

  /** The text of each function of a product and a convolution. */
  private static List<String> assembler(Backend backend) {
    Natives.load();
    Graph graph =
        PassManager.verifying()
            .run(Pipelines.parse("round-products"), graph(), PassContext.of(backend.machine()));
    Plan plan = backend.plan(graph);
    ChoiceSpace space = backend.choices().orElseThrow();
    List<Choice> builtIn = plan.steps().stream().map(space::builtIn).toList();
    List<Function> functions = backend.emit(plan, List.of(builtIn), new Parameters()).processor();
    return functions.stream().map(function -> DeepStack.call(() -> text(function, backend))).toList();
  }

  private static String text(Function function, Backend backend) {
    try (TvmObject module = ObjectFile.module(Function.module(List.of(function)), backend.host(), "")) {
      return (String) Tvm.call("runtime.ModuleGetSource", module, "asm");
    }
  }

  private static Graph graph() {
    Sketch sketch = new Sketch("instructions");
    Value x = sketch.input(1, 64, 14, 14);
    sketch.output(sketch.op(new Relu(), sketch.pointwise(x, 64)));
    Value weight = sketch.constant(32, 64, 3, 3);
    sketch.output(sketch.op(new Convolution(Window.of(3, 1, 1), 1), x, weight, sketch.constant(32)));
    return sketch.graph();
  }

  /** How many {@code instruction}s there are between two jumps or labels, at most. */
  private static int longestRun(String assembler, String instruction) {
    int longest = 0;
    int run = 0;
    for (String line : assembler.lines().map(String::strip).toList()) {
      if (line.startsWith("j") || line.startsWith(".LBB")) {
        run = 0;
      } else if (line.startsWith(instruction)) {
        run++;
        longest = Math.max(longest, run);
      }
    }
    return longest;
  }
}
