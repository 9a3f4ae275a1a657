package dev.lowpass.runtime.cuda.driver;

import static java.lang.foreign.ValueLayout.ADDRESS;

import dev.lowpass.runtime.cuda.CudaDevice;
import dev.lowpass.runtime.cuda.PtxKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A module of the driver. */
final class NvidiaProgram implements CudaDevice.Program {
  private final Functions functions;
  private final NvidiaDevice device;
  private final MemorySegment module;
  private final PtxKernels kernels;
  private final Map<String, MemorySegment> found = new LinkedHashMap<>();
  private boolean closed;

  NvidiaProgram(Functions functions, NvidiaDevice device, MemorySegment module, byte[] ptx) {
    this.functions = functions;
    this.device = device;
    this.module = module;
    this.kernels = PtxKernels.parse(ptx);
  }

  /** The driver reads as many parameters as the kernel has, whatever it is given. */
  private Launch launch(CudaDevice.Call call, Arena arena) {
    kernels.requireTakes(call.kernel(), call.pointers().size());
    MemorySegment function = found.get(call.kernel());
    if (function == null) {
      MemorySegment handle = arena.allocate(ADDRESS);
      MemorySegment name = arena.allocateFrom(call.kernel());
      functions.require("kernel " + call.kernel(), functions.moduleFunction(handle, module, name));
      function = handle.get(ADDRESS, 0);
      found.put(call.kernel(), function);
    }
    return Launch.of(call, function, arena);
  }

  @Override
  public void launch(CudaDevice.Call call) {
    device.enter();
    try (Arena arena = Arena.ofConfined()) {
      functions.require(what(call), functions.launchKernel(launch(call, arena), device.stream()));
    }
  }

  private static String what(CudaDevice.Call call) {
    return call.kernel() + ", " + call.groups() + " groups of " + call.items();
  }

  /** A chain: each kernel reads what those before it wrote. */
  @Override
  public CudaDevice.Sequence sequence(List<CudaDevice.Call> calls) {
    device.enter();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = arena.allocate(ADDRESS);
      functions.require("cuGraphCreate", functions.graphCreate(handle));
      MemorySegment graph = handle.get(ADDRESS, 0);
      try {
        MemorySegment node = arena.allocate(ADDRESS);
        MemorySegment before = arena.allocate(ADDRESS);
        int befores = 0;
        for (CudaDevice.Call call : calls) {
          MemorySegment kernel = launch(call, arena).node(arena);
          functions.require(what(call), functions.graphAddKernel(node, graph, before, befores, kernel));
          before.copyFrom(node);
          befores = 1;
        }
        functions.require("cuGraphInstantiate", functions.graphInstantiate(handle, graph));
      } finally {
        functions.graphDestroy(graph);
      }
      return new NvidiaGraph(functions, device, handle.get(ADDRESS, 0));
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      device.tryToEnter();
      functions.moduleUnload(module);
    }
  }
}
