package dev.lowpass.cli.doctor;

import dev.lowpass.cli.report.Quantity;
import dev.lowpass.cli.report.Versions;
import dev.lowpass.codegen.tir.CpuTarget;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.artifact.Processor;
import dev.lowpass.runtime.natives.Natives;
import dev.lowpass.runtime.tvm.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks at this machine. Loads the natives, and asks the OpenCL driver if there is one. */
public final class Examination {
  private static final int COMPILER_JDK = 25;
  private static final Path NVIDIA_DRIVER = Path.of("/proc/driver/nvidia/version");

  private Examination() {}

  /** Everything that was looked for, in the order in which to read it. */
  public static List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(jdk());
    findings.add(Finding.fine("system", Versions.system()));
    findings.add(memory());
    findings.addAll(processor(Processor.features()));
    findings.addAll(natives());
    return findings;
  }

  private static Finding jdk() {
    return Runtime.version().feature() >= COMPILER_JDK
        ? Finding.fine("JDK", Versions.java())
        : Finding.broken("JDK", Versions.java(), "the compiler needs JDK " + COMPILER_JDK + "; set JAVA_HOME to one");
  }

  private static Finding memory() {
    Runtime runtime = Runtime.getRuntime();
    String heap = Quantity.bytes(runtime.maxMemory());
    return Finding.fine("resources", runtime.availableProcessors() + " processors, heap of at most " + heap);
  }

  private static List<Finding> processor(Set<String> flags) {
    List<Finding> findings = new ArrayList<>();
    if (flags.isEmpty()) {
      findings.add(Finding.broken("processor", "its features are unknown", "the CPU targets need Linux on x86-64"));
      return findings;
    }
    findings.add(Finding.fine("processor", "target cpu is cpu:" + CpuTarget.bestFor(flags).name() + " here"));
    for (CpuTarget target : CpuTarget.ALL) {
      Set<String> missing = new TreeSet<>(target.requiredFlags());
      missing.removeAll(flags);
      String subject = "target cpu:" + target.name();
      findings.add(
          missing.isEmpty()
              ? Finding.fine(subject, "runs here")
              : Finding.absent(
                  subject, "lacks " + String.join(" ", missing), "compiles here, but runs only on a newer processor"));
    }
    return findings;
  }

  private static List<Finding> natives() {
    try {
      Natives natives = Natives.load();
      Finding compiler =
          natives.name().equals("compiler")
              ? Finding.fine("compiler natives", natives.folder().toString())
              : Finding.absent(
                  "compiler natives",
                  "only those of the runtime are on the class path",
                  "add org.bytedeco:tvm and org.bytedeco:llvm");
      return List.of(compiler, openCl(), cuda());
    } catch (LowpassRuntimeException e) {
      String remedy = "the natives are for linux-x86_64; check disk space and permissions of the cache folder";
      return List.of(Finding.broken("natives", String.valueOf(e.getMessage()), remedy));
    }
  }

  private static Finding openCl() {
    return Device.OPENCL.exists()
        ? Finding.fine("OpenCL", Device.OPENCL.name())
        : Finding.absent(
            "OpenCL", "no device", "install a driver, for example pocl-opencl-icd on Debian, or the GPU vendor's");
  }

  private static Finding cuda() {
    if (Device.CUDA.exists()) {
      return Finding.fine("CUDA", Device.CUDA.name());
    }
    return Files.exists(NVIDIA_DRIVER)
        ? Finding.absent("CUDA", "there is a driver, but our TVM is built without CUDA", "use the target opencl")
        : Finding.absent("CUDA", "no NVIDIA driver", "needs an NVIDIA GPU with its driver");
  }
}
