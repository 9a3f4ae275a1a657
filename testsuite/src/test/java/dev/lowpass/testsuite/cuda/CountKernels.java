package dev.lowpass.testsuite.cuda;

import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.artifact.ArtifactReader;
import dev.lowpass.runtime.artifact.KernelLaunch;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.testsuite.cuda.Multiprocessor.Occupancy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * What an artifact's launches take of a GPU: {@code CountKernels FILE [GPU]} prints a line for each launch of its first
 * size, with what the assembler says of its kernel and what is counted in the kernel's hottest loop.
 */
public final class CountKernels {
  private CountKernels() {}

  public static void main(String[] arguments) {
    String gpu = arguments.length > 1 ? arguments[1] : Multiprocessor.SM_80.gpu();
    Multiprocessor processor = Multiprocessor.valueOf(gpu.toUpperCase(Locale.ROOT));
    Artifact artifact = ArtifactReader.read(Path.of(arguments[0]), arguments[0]);
    String ptx = new String(artifact.code().getFirst(), StandardCharsets.UTF_8);
    List<KernelReport> reports = PtxAssembler.assemble(ptx, gpu);
    SequencedMap<String, PtxCounts.OfKernel> counts = PtxCounts.of(ptx);
    System.out.printf(
        "%-44s %12s %10s %5s %6s %6s %5s %6s %7s %7s %6s%n",
        "step", "groups", "items", "regs", "spills", "shared", "occ", "macs", "sh/mac", "gl/mac", "wide");
    Manifest.Size size = artifact.manifest().first();
    for (KernelLaunch launch : size.launches()) {
      KernelReport report =
          reports.stream().filter(kernel -> kernel.kernel().equals(launch.kernel())).findFirst().orElseThrow();
      PtxCounts hot = counts.get(launch.kernel()).hot();
      LoadRatios ratios = hot.ratios();
      Occupancy occupancy = processor.occupancy(report, launch.items());
      String step = size.steps().get(launch.step());
      System.out.printf(
          Locale.ROOT,
          "%-44.44s %12s %10s %5d %6d %6d %4.0f%% %6d %7s %7s %5.0f%%%n",
          step,
          launch.groups(),
          launch.items(),
          report.registers(),
          report.spills(),
          report.sharedBytes(),
          100 * occupancy.share(),
          hot.macs(),
          perMac(hot, ratios.sharedPerMac()),
          perMac(hot, ratios.globalPerMac()),
          100 * ratios.vectorShare());
    }
  }

  private static String perMac(PtxCounts counts, double loads) {
    return counts.macs() == 0 ? "-" : String.format(Locale.ROOT, "%.2f", loads);
  }
}
