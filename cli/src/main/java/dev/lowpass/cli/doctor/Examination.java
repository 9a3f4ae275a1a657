package dev.lowpass.cli.doctor;

import dev.lowpass.cli.report.Quantity;
import dev.lowpass.cli.report.Versions;
import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.backend.Presence;
import dev.lowpass.codegen.fit.MachinePrices;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.artifact.Processor;
import dev.lowpass.runtime.natives.Natives;
import dev.lowpass.runtime.tvm.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    findings.add(processor());
    Finding natives = natives();
    findings.add(natives);
    if (natives.state() != Finding.State.BROKEN) {
      findings.addAll(targets());
      Backends.ofThisProcessor().map(Examination::prices).ifPresent(findings::add);
      findings.add(cuda());
    }
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

  private static Finding processor() {
    if (Processor.features().isEmpty()) {
      return Finding.broken("processor", "its features are unknown", "the CPU targets need Linux on x86-64");
    }
    return Backends.ofThisProcessor()
        .map(own -> Finding.fine("processor", "target cpu is " + own.name() + " here"))
        .orElseGet(() -> Finding.broken("processor", "too old for any target", "compile here, run on a newer one"));
  }

  private static Finding natives() {
    try {
      Natives natives = Natives.load();
      return natives.name().equals("compiler")
          ? Finding.fine("compiler natives", natives.folder().toString())
          : Finding.absent(
              "compiler natives",
              "only those of the runtime are on the class path",
              "add org.bytedeco:tvm and org.bytedeco:llvm");
    } catch (LowpassRuntimeException e) {
      String remedy = "the natives are for linux-x86_64; check disk space and permissions of the cache folder";
      return Finding.broken("natives", String.valueOf(e.getMessage()), remedy);
    }
  }

  /** Exactly what {@code compile} accepts. */
  private static List<Finding> targets() {
    return Backends.all().stream().map(Examination::target).toList();
  }

  private static Finding target(Backend backend) {
    String subject = "target " + backend.name();
    return switch (backend.presence()) {
      case Presence.Here here -> Finding.fine(subject, here.device().isEmpty() ? "runs here" : "runs on " + here.device());
      case Presence.Missing missing -> Finding.absent(subject, missing.lack(), missing.remedy());
    };
  }

  private static Finding prices(Backend own) {
    String subject = "prices of " + own.name();
    String remedy = "measure this machine's with 'lowpass doctor --measure'";
    try {
      return MachinePrices.of(own)
          .find()
          .map(measured -> Finding.fine(subject, measured.source()))
          .orElseGet(() -> Finding.absent(subject, own.prices().source(), remedy));
    } catch (LowpassException e) {
      return Finding.absent(subject, String.valueOf(e.getMessage()), remedy);
    }
  }

  private static Finding cuda() {
    return Files.exists(NVIDIA_DRIVER)
        ? Finding.absent("CUDA", "there is a driver, but our TVM is built without CUDA", "use the target opencl")
        : Finding.absent("CUDA", "no NVIDIA driver", "needs an NVIDIA GPU with its driver");
  }
}
