package dev.lowpass.testsuite.cuda;

import dev.lowpass.runtime.artifact.KernelLaunch.Extent;
import dev.lowpass.runtime.cuda.CudaDevice.Call;
import dev.lowpass.runtime.cuda.CudaDevice.Program;
import dev.lowpass.runtime.cuda.CudaDevice.Sequence;
import dev.lowpass.runtime.cuda.CudaException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Kernels of OpenCL C. The constructor is to be called on OpenCL's thread, all else on any. */
final class PoclProgram implements Program {
  private static final int BUILD_LOG = 0x1183;
  private static final int PARAMETERS = 0x1191;

  private final OpenCl cl;
  private final PoclDevice memory;
  private final MemorySegment queue;
  private final MemorySegment program;
  private final Map<String, MemorySegment> kernels = new LinkedHashMap<>();
  private boolean closed;

  PoclProgram(
      OpenCl cl,
      PoclDevice memory,
      MemorySegment context,
      MemorySegment device,
      MemorySegment queue,
      String source) {
    this.cl = cl;
    this.memory = memory;
    this.queue = queue;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(ValueLayout.ADDRESS, arena.allocateFrom(source));
      this.program = cl.create("clCreateProgramWithSource", context, 1, text, OpenCl.NONE);
      int status =
          cl.status(
              "clBuildProgram", program, 0, OpenCl.NONE, arena.allocateFrom("-cl-std=CL1.2"), OpenCl.NONE, OpenCl.NONE);
      if (status != 0) {
        String log = cl.text("clGetProgramBuildInfo", program, device, BUILD_LOG);
        cl.call("clReleaseProgram", program);
        throw new CudaException("kernels do not compile: " + log.strip());
      }
    }
  }

  /** The kernel that {@code call} names, if it has as many parameters. */
  private MemorySegment kernel(Call call) {
    MemorySegment kernel = kernels.computeIfAbsent(call.kernel(), this::newKernel);
    int parameters = cl.count("clGetKernelInfo", kernel, PARAMETERS);
    if (parameters != call.pointers().size()) {
      throw new CudaException(call.kernel() + " has " + parameters + " parameters, not " + call.pointers().size());
    }
    return kernel;
  }

  private MemorySegment newKernel(String name) {
    try (Arena arena = Arena.ofConfined()) {
      return cl.create("clCreateKernel", program, arena.allocateFrom(name));
    } catch (CudaException e) {
      throw new CudaException("no kernel " + name + ": " + e.getMessage());
    }
  }

  @Override
  public void launch(Call call) {
    OpenCl.within(() -> begin(call));
  }

  private void begin(Call call) {
    MemorySegment kernel = kernel(call);
    for (int i = 0; i < call.pointers().size(); i++) {
      memory.require(call.pointers().get(i), 0);
      cl.call("clSetKernelArgSVMPointer", kernel, i, call.pointers().get(i));
    }
    Extent groups = call.groups();
    Extent items = call.items();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment all =
          arena.allocateFrom(
              ValueLayout.JAVA_LONG,
              (long) groups.x() * items.x(),
              (long) groups.y() * items.y(),
              (long) groups.z() * items.z());
      MemorySegment together = arena.allocateFrom(ValueLayout.JAVA_LONG, items.x(), items.y(), items.z());
      cl.call(
          "clEnqueueNDRangeKernel", queue, kernel, 3, OpenCl.NONE, all, together, 0, OpenCl.NONE, OpenCl.NONE);
    }
  }

  @Override
  public Sequence sequence(List<Call> calls) {
    List<Call> all = List.copyOf(calls);
    // A graph refuses what it does not know when it is made.
    OpenCl.within(() -> all.forEach(this::kernel));
    return new Sequence() {
      @Override
      public void launch() {
        OpenCl.within(() -> all.forEach(PoclProgram.this::begin));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {
    OpenCl.within(
        () -> {
          if (!closed) {
            closed = true;
            cl.call("clFinish", queue);
            kernels.values().forEach(kernel -> cl.call("clReleaseKernel", kernel));
            cl.call("clReleaseProgram", program);
          }
        });
  }
}
