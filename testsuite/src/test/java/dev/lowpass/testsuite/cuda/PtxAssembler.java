package dev.lowpass.testsuite.cuda;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;
import jcuda.nvptxcompiler.nvPTXCompileResult;

/** NVIDIA's assembler, as in its driver, on a machine that needs no GPU. For any thread. */
public final class PtxAssembler {
  private static final Pattern KERNEL =
      Pattern.compile(
          """
          Compiling entry function '(?<name>[^']+)'.*
          (?:.*
          )*?.* (?<stack>\\d+) bytes stack frame, (?<stores>\\d+) bytes spill stores, (?<loads>\\d+) bytes spill loads
          .*Used (?<registers>\\d+) registers(?<more>.*)""");

  private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");

  private PtxAssembler() {}

  /** A function that tells a size, and one that writes so many bytes. */
  private interface Size {
    int get(nvPTXCompilerHandle compiler, long[] size);
  }

  private interface Content {
    int get(nvPTXCompilerHandle compiler, byte[] content);
  }

  /**
   * What the kernels of {@code ptx} take, in their order.
   *
   * @param gpu for example {@code sm_80}
   * @throws IllegalArgumentException for PTX with errors, which are named with their lines
   */
  public static List<KernelReport> assemble(String ptx, String gpu) {
    JNvPTXCompiler.setExceptionsEnabled(false);
    byte[] bytes = ptx.getBytes(StandardCharsets.UTF_8);
    nvPTXCompilerHandle compiler = new nvPTXCompilerHandle();
    require(JNvPTXCompiler.nvPTXCompilerCreate(compiler, bytes.length, bytes), "of " + bytes.length + " bytes");
    try {
      String[] options = {"--gpu-name=" + gpu, "--verbose"};
      int result = JNvPTXCompiler.nvPTXCompilerCompile(compiler, options.length, options);
      String errors =
          text(compiler, JNvPTXCompiler::nvPTXCompilerGetErrorLogSize, JNvPTXCompiler::nvPTXCompilerGetErrorLog);
      require(result, "for " + gpu + ": " + errors);
      String log =
          text(compiler, JNvPTXCompiler::nvPTXCompilerGetInfoLogSize, JNvPTXCompiler::nvPTXCompilerGetInfoLog);
      return parse(log).stream().sorted(Comparator.comparingInt(report -> place(ptx, report))).toList();
    } finally {
      JNvPTXCompiler.nvPTXCompilerDestroy(compiler);
    }
  }

  private static void require(int result, String what) {
    if (result != nvPTXCompileResult.NVPTXCOMPILE_SUCCESS) {
      throw new IllegalArgumentException("PTX " + what.strip() + " (" + nvPTXCompileResult.stringFor(result) + ")");
    }
  }

  private static String text(nvPTXCompilerHandle compiler, Size size, Content content) {
    long[] length = new long[1];
    size.get(compiler, length);
    if (length[0] == 0) {
      return "";
    }
    // The length may leave out the zero at the end.
    byte[] text = new byte[Math.toIntExact(length[0]) + 1];
    content.get(compiler, text);
    return new String(text, StandardCharsets.UTF_8).replace("\0", "");
  }

  static List<KernelReport> parse(String log) {
    List<KernelReport> reports = new ArrayList<>();
    for (MatchResult kernel : KERNEL.matcher(log).results().toList()) {
      Matcher shared = SHARED.matcher(kernel.group("more"));
      reports.add(
          new KernelReport(
              kernel.group("name"),
              Integer.parseInt(kernel.group("registers")),
              Integer.parseInt(kernel.group("stack")),
              Integer.parseInt(kernel.group("stores")) + Integer.parseInt(kernel.group("loads")),
              shared.find() ? Integer.parseInt(shared.group(1)) : 0));
    }
    return reports;
  }

  /** The assembler begins with whatever it likes. */
  private static int place(String ptx, KernelReport report) {
    Matcher entry = Pattern.compile("\\.entry\\s+" + Pattern.quote(report.kernel()) + "\\b").matcher(ptx);
    return entry.find() ? entry.start() : ptx.length();
  }
}
