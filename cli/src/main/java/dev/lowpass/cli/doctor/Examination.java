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
import dev.lowpass.runtime.cuda.CudaDevice;
import dev.lowpass.runtime.cuda.CudaDriver;
import dev.lowpass.runtime.cuda.CudaDrivers;
import dev.lowpass.runtime.cuda.CudaException;
import dev.lowpass.runtime.cuda.CudaProperties;
import dev.lowpass.runtime.natives.Natives;
import java.util.ArrayList;
import java.util.List;

/** Looks at this machine. Loads the natives, and asks the drivers of OpenCL and CUDA if they are there. */
public final class Examination {
  private static final int COMPILER_JDK = 25;

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
    }
    findings.add(cuda());
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
    CudaDriver driver = CudaDrivers.find();
    String lack = driver.lack().orElse("");
    if (!lack.isEmpty()) {
      int remedy = lack.indexOf("; ");
      return Finding.absent("CUDA", lack.substring(0, remedy), lack.substring(remedy + 2));
    }
    try (CudaDevice device = driver.open()) {
      CudaProperties found = device.properties();
      String memory = Quantity.bytes(found.memoryBytes());
      String detail = "%s, sm_%d, %s, driver for CUDA %s".formatted(found.name(), found.capability(), memory, found.driver());
      return Finding.fine("CUDA", detail);
    } catch (CudaException e) {
      return Finding.absent("CUDA", String.valueOf(e.getMessage()), "see what nvidia-smi says");
    }
  }
}
