package dev.lowpass.codegen.build;

import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.tvm.Tvm;
import dev.lowpass.runtime.tvm.TvmException;
import dev.lowpass.runtime.tvm.TvmObject;

/** Kernels of a device as text of OpenCL C, which compilers of several makers take. */
final class DeviceText {
  private static final String TARGET = "opencl";

  private static final String SHARED = "__local ";

  /** As vectors of four are read and written. */
  private static final String ALIGNED = "__attribute__((aligned(16))) ";

  private DeviceText() {}

  /**
   * The text of one kernel.
   *
   * @throws LowpassException LP4901 where TVM rejects it
   */
  static String of(Function kernel) {
    try (TvmObject host = Tvm.object("target.Target", CpuTarget.X86_64_V3.tvmTarget());
        TvmObject device = Tvm.object("target.Target", TARGET);
        TvmObject both = Tvm.object("target.WithHost", device, host);
        TvmObject lowered = Lowering.of(kernel.module());
        TvmObject binding = Tvm.object("tir.transform.BindTarget", both);
        TvmObject bound = Tvm.object("transform.RunPass", binding, lowered);
        TvmObject own = ObjectFile.run("driver.device_mod_passes", bound, both);
        TvmObject module = ObjectFile.compiled(own, device)) {
      String text = String.valueOf(Tvm.call("runtime.ModuleGetSource", module, ""));
      return text.replace("  " + SHARED, "  " + SHARED + ALIGNED);
    } catch (TvmException e) {
      throw new LowpassException("LP4901", kernel.name(), "TVM cannot compile this kernel: " + e.summary());
    }
  }
}
