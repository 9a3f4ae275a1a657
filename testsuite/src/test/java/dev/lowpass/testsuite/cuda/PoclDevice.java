package dev.lowpass.testsuite.cuda;

import dev.lowpass.runtime.cuda.CudaDevice;
import dev.lowpass.runtime.cuda.CudaException;
import dev.lowpass.runtime.cuda.CudaProperties;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * A processor as a CUDA device. Memory is OpenCL's shared virtual memory, whose addresses are the host's: pointers may
 * lie inside of it. It is stricter than a GPU: fresh memory is NaN, pointers must lie in memory that is there, and who
 * writes a little behind it is told so when the device is waited for.
 */
final class PoclDevice implements CudaDevice {
  private static final int DEVICE_NAME = 0x102B;
  private static final int DEVICE_MEMORY = 0x101F;
  private static final int CAPABILITY = 80;

  private static final long READ_WRITE = 1;
  private static final int ALIGNMENT = 256;

  /** Bytes behind memory that nobody may write. */
  private static final int GUARD = 256;

  private static final byte UNWRITTEN = (byte) 0xFF;

  private record Memory(MemorySegment block, long address, long bytes) {
    /** Fills it and what is behind it. */
    private void clear() {
      view(address, bytes + GUARD).fill(UNWRITTEN);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment view(long address, long bytes) {
      return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    private boolean isIntact() {
      return view(address + bytes, GUARD)
          .elements(ValueLayout.JAVA_BYTE)
          .allMatch(element -> element.get(ValueLayout.JAVA_BYTE, 0) == UNWRITTEN);
    }
  }

  private final OpenCl cl;
  private final MemorySegment device;
  private final MemorySegment context;
  private final MemorySegment queue;
  private final TreeMap<Long, Memory> memories = new TreeMap<>();
  private boolean closed;

  PoclDevice(OpenCl cl, MemorySegment device) {
    this.cl = cl;
    this.device = device;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment devices = arena.allocateFrom(ValueLayout.ADDRESS, device);
      this.context = cl.create("clCreateContext", OpenCl.NONE, 1, devices, OpenCl.NONE, OpenCl.NONE);
    }
    this.queue = cl.create("clCreateCommandQueue", context, device, 0L);
  }

  @Override
  public CudaProperties properties() {
    return OpenCl.within(
        () ->
            new CudaProperties(
                cl.text("clGetDeviceInfo", device, DEVICE_NAME),
                CAPABILITY,
                cl.number("clGetDeviceInfo", device, DEVICE_MEMORY),
                "pocl"));
  }

  @Override
  public long allocate(long bytes) {
    return OpenCl.within(
        () -> {
          MemorySegment block = cl.address("clSVMAlloc", context, READ_WRITE, bytes + GUARD + ALIGNMENT, 0);
          if (block.equals(OpenCl.NONE)) {
            long most = cl.number("clGetDeviceInfo", device, DEVICE_MEMORY);
            throw new CudaException("no memory for " + bytes + " bytes; the device has " + most);
          }
          Memory memory = new Memory(block, (block.address() + ALIGNMENT - 1) & -ALIGNMENT, bytes);
          memory.clear();
          memories.put(memory.address(), memory);
          return memory.address();
        });
  }

  @Override
  public void free(long address) {
    OpenCl.within(
        () -> {
          Memory memory = memories.remove(address);
          if (memory == null) {
            throw new CudaException("nothing to free at " + Long.toHexString(address));
          }
          cl.call("clFinish", queue);
          cl.address("clSVMFree", context, memory.block());
        });
  }

  /** @throws CudaException where there are not {@code bytes} at {@code address} */
  void require(long address, long bytes) {
    Map.Entry<Long, Memory> below = memories.floorEntry(address);
    if (bytes < 0 || below == null || address - below.getKey() > below.getValue().bytes() - bytes) {
      throw new CudaException("no " + bytes + " bytes of the device's memory at " + Long.toHexString(address));
    }
  }

  /** Copies need no detour as it is. */
  @Override
  public void pin(ByteBuffer host) {}

  @Override
  public void unpin(ByteBuffer host) {}

  @Override
  public void upload(long address, ByteBuffer host) {
    OpenCl.within(
        () -> {
          require(address, host.remaining());
          copy(address, MemorySegment.ofBuffer(host).address(), host.remaining());
        });
  }

  @Override
  public void download(ByteBuffer host, long address) {
    OpenCl.within(
        () -> {
          require(address, host.remaining());
          copy(MemorySegment.ofBuffer(host).address(), address, host.remaining());
        });
  }

  private void copy(long to, long from, long bytes) {
    if (bytes > 0) {
      cl.call("clEnqueueSVMMemcpy", queue, 0, to, from, bytes, 0, OpenCl.NONE, OpenCl.NONE);
    }
  }

  @Override
  public Program load(byte[] ptx) {
    return OpenCl.within(() -> new PoclProgram(cl, this, context, device, queue, PtxSource.of(ptx)));
  }

  @Override
  public void finish() {
    OpenCl.within(
        () -> {
          cl.call("clFinish", queue);
          for (Memory memory : memories.values()) {
            if (!memory.isIntact()) {
              throw new CudaException("a kernel wrote behind memory of " + memory.bytes() + " bytes");
            }
          }
        });
  }

  @Override
  public void close() {
    OpenCl.within(
        () -> {
          if (!closed) {
            closed = true;
            cl.call("clFinish", queue);
            memories.values().forEach(memory -> cl.address("clSVMFree", context, memory.block()));
            memories.clear();
            cl.call("clReleaseCommandQueue", queue);
            cl.call("clReleaseContext", context);
          }
        });
  }
}
