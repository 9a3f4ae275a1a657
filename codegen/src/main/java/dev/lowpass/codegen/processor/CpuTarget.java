package dev.lowpass.codegen.processor;

import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.runtime.artifact.Processor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A kind of x86-64 processor to compile for.
 *
 * @param name as the user writes it after {@code cpu:}
 * @param instructions as LLVM writes them after {@code -mcpu=}
 * @param extensions more of them, as LLVM writes them after {@code -mattr=}
 * @param machine what it can do
 * @param rounding what it can do where products multiply in bfloat16, if it has instructions for that
 * @param requiredFlags what {@code /proc/cpuinfo} must list before code for this target may run
 */
public record CpuTarget(
    String name,
    String instructions,
    List<String> extensions,
    Machine machine,
    Optional<Machine> rounding,
    List<String> requiredFlags) {
  /**
   * What LLVM leaves out at every level: hypervisors hide lzcnt (the flag {@code abm}) of processors that have all the
   * rest, and kernels count no leading zeros.
   */
  private static final String WITHOUT = "-lzcnt";

  private static final List<String> FLAGS_V2 = List.of("cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2", "ssse3");
  private static final List<String> FLAGS_V3 =
      plus(FLAGS_V2, "avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe", "xsave");
  private static final List<String> FLAGS_V4 =
      plus(FLAGS_V3, "avx512bw", "avx512cd", "avx512dq", "avx512f", "avx512vl");

  public static final CpuTarget X86_64_V2 = level("x86-64-v2", Machines.SSE, FLAGS_V2);
  public static final CpuTarget X86_64_V3 = level("x86-64-v3", Machines.AVX2, FLAGS_V3);
  public static final CpuTarget X86_64_V4 = level("x86-64-v4", Machines.AVX512, FLAGS_V4);

  /** With instructions for bfloat16 in vectors: AMD from the fourth Zen on, Intel from Cooper Lake on. */
  public static final CpuTarget X86_64_V4_BF16 =
      new CpuTarget(
          "x86-64-v4+bf16",
          X86_64_V4.instructions,
          List.of("+avx512bf16"),
          Machines.AVX512,
          Optional.of(Machines.AVX512_BF16),
          plus(FLAGS_V4, "avx512_bf16"));

  /** With registers for matrices as well: Intel from Sapphire Rapids on. */
  public static final CpuTarget X86_64_V4_AMX =
      new CpuTarget(
          "x86-64-v4+amx",
          X86_64_V4.instructions,
          List.of("+avx512bf16", "+amx-tile", "+amx-bf16"),
          Machines.AVX512,
          Optional.of(Machines.AMX),
          plus(X86_64_V4_BF16.requiredFlags, "amx_tile", "amx_bf16"));

  /** AMD's fourth Zen: it has the code of any AVX-512 processor, and prices of its own. */
  public static final CpuTarget ZEN4 = level("zen4", X86_64_V4.name(), Machines.ZEN4, FLAGS_V4);

  /** The levels of x86-64, from the least to the most demanding. */
  public static final List<CpuTarget> ALL = List.of(X86_64_V2, X86_64_V3, X86_64_V4);

  /** The most demanding target that a processor with these flags runs. */
  public static CpuTarget bestFor(Set<String> flags) {
    return ALL.reversed().stream()
        .filter(target -> flags.containsAll(target.requiredFlags))
        .findFirst()
        .orElse(X86_64_V2);
  }

  /**
   * The target made for such a processor: the most demanding that it runs, and of those that are alike in that the one
   * with its prices. Of AMD's family 25 the third Zen lacks AVX-512.
   */
  public static CpuTarget bestFor(Set<String> flags, String vendor, String family) {
    CpuTarget level = bestFor(flags);
    boolean zen4 = level.equals(X86_64_V4) && vendor.equals("AuthenticAMD") && family.equals("25");
    return zen4 ? ZEN4 : level;
  }

  /** The target for products in bfloat16 that a processor with these flags runs fastest; none where it has none. */
  public static Optional<CpuTarget> roundingFor(Set<String> flags) {
    return Stream.of(X86_64_V4_AMX, X86_64_V4_BF16)
        .filter(target -> flags.containsAll(target.requiredFlags))
        .findFirst();
  }

  /** The target made for this machine, by what its operating system says of the processor. */
  public static CpuTarget ofThisMachine() {
    return bestFor(Processor.features(), Processor.vendor(), Processor.family());
  }

  private static CpuTarget level(String name, Machine machine, List<String> requiredFlags) {
    return level(name, name, machine, requiredFlags);
  }

  private static CpuTarget level(String name, String instructions, Machine machine, List<String> requiredFlags) {
    return new CpuTarget(name, instructions, List.of(), machine, Optional.empty(), requiredFlags);
  }

  /** Whose machine code it is, as the runtime names platforms. */
  public String platform() {
    return "linux-x86_64";
  }

  /** TVM's target string. The triple is fixed, so that the same input gives the same bytes on every machine. */
  public String tvmTarget() {
    return "llvm -mtriple=x86_64-unknown-linux-gnu -mcpu=" + instructions + " -mattr=" + String.join(",", plus(List.of(WITHOUT), extensions.toArray(String[]::new)));
  }

  private static List<String> plus(List<String> flags, String... more) {
    return Stream.concat(flags.stream(), Stream.of(more)).toList();
  }
}
