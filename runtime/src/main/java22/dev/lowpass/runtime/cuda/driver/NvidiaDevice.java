package dev.lowpass.runtime.cuda.driver;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.lowpass.runtime.cuda.CudaDevice;
import dev.lowpass.runtime.cuda.CudaException;
import dev.lowpass.runtime.cuda.CudaProperties;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A stream on a device, in its primary context: what everybody in the process shares, libraries of others too, so that
 * addresses mean the same to all. Which context a call is for, the driver keeps for each thread; so each call says it.
 */
final class NvidiaDevice implements CudaDevice {
  /** {@code CU_STREAM_NON_BLOCKING}: does not wait for what others do in the default stream. */
  private static final int NON_BLOCKING = 1;

  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;
  private static final int OUT_OF_MEMORY = 2;
  private static final int UNSUPPORTED_PTX_VERSION = 222;
  private static final int JIT_ERROR_LOG_BUFFER = 5;
  private static final int JIT_ERROR_LOG_BUFFER_SIZE_BYTES = 6;
  private static final int LOG_BYTES = 8192;
  private static final int NAME_BYTES = 256;

  private final Functions functions;
  private final int device;
  private final MemorySegment context;
  private final MemorySegment stream;
  private final CudaProperties properties;

  /** Addresses of what the driver was able to pin. */
  private final Set<Long> pinned = new LinkedHashSet<>();

  private boolean closed;

  /** @throws CudaException where the driver refuses */
  NvidiaDevice(Functions functions, int device) {
    this.functions = functions;
    this.device = device;
    try (Arena arena = Arena.ofConfined()) {
      this.properties = properties(arena);
      MemorySegment handle = arena.allocate(ADDRESS);
      functions.require("cuDevicePrimaryCtxRetain", functions.contextRetain(handle, device));
      this.context = handle.get(ADDRESS, 0);
      try {
        enter();
        functions.require("cuStreamCreate", functions.streamCreate(handle, NON_BLOCKING));
        this.stream = handle.get(ADDRESS, 0);
      } catch (RuntimeException | Error e) {
        functions.contextRelease(device);
        throw e;
      }
    }
  }

  private CudaProperties properties(Arena arena) {
    MemorySegment name = arena.allocate(NAME_BYTES);
    functions.require("cuDeviceGetName", functions.deviceName(name, NAME_BYTES - 1, device));
    MemorySegment bytes = arena.allocate(JAVA_LONG);
    functions.require("cuDeviceTotalMem", functions.deviceMemory(bytes, device));
    MemorySegment version = arena.allocate(JAVA_INT);
    functions.require("cuDriverGetVersion", functions.driverVersion(version));
    int capability = 10 * attribute(arena, CAPABILITY_MAJOR) + attribute(arena, CAPABILITY_MINOR);
    int number = version.get(JAVA_INT, 0);
    String driver = number / 1000 + "." + number % 1000 / 10;
    return new CudaProperties(name.getString(0), capability, bytes.get(JAVA_LONG, 0), driver);
  }

  private int attribute(Arena arena, int attribute) {
    MemorySegment value = arena.allocate(JAVA_INT);
    functions.require("cuDeviceGetAttribute", functions.deviceAttribute(value, attribute, device));
    return value.get(JAVA_INT, 0);
  }

  /** Makes the context that of the calling thread. */
  void enter() {
    functions.require("cuCtxSetCurrent", functions.contextSet(context));
  }

  /** As {@link #enter}, before something is given back: after a fault the driver refuses everything. */
  void tryToEnter() {
    functions.contextSet(context);
  }

  MemorySegment stream() {
    return stream;
  }

  @Override
  public CudaProperties properties() {
    return properties;
  }

  @Override
  public long allocate(long bytes) {
    enter();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(JAVA_LONG);
      int status = functions.allocate(address, bytes);
      if (status == OUT_OF_MEMORY) {
        throw new CudaException(shortage(arena, bytes));
      }
      functions.require("cuMemAlloc of " + bytes + " bytes", status);
      return address.get(JAVA_LONG, 0);
    }
  }

  private String shortage(Arena arena, long bytes) {
    MemorySegment free = arena.allocate(JAVA_LONG);
    MemorySegment total = arena.allocate(JAVA_LONG);
    functions.require("cuMemGetInfo", functions.memoryInfo(free, total));
    return "%d bytes of the device's memory are asked for, and %d of its %d are free; close other models or programs"
        .formatted(bytes, free.get(JAVA_LONG, 0), total.get(JAVA_LONG, 0));
  }

  @Override
  public void free(long address) {
    tryToEnter();
    functions.free(address);
  }

  /** Copies go another way where the driver, or a limit of the system, does not let it be pinned. */
  @Override
  public void pin(ByteBuffer host) {
    enter();
    MemorySegment memory = MemorySegment.ofBuffer(host);
    if (functions.hostRegister(memory, memory.byteSize()) == 0) {
      pinned.add(memory.address());
    }
  }

  @Override
  public void unpin(ByteBuffer host) {
    MemorySegment memory = MemorySegment.ofBuffer(host);
    if (pinned.remove(memory.address())) {
      tryToEnter();
      functions.hostUnregister(memory);
    }
  }

  @Override
  public void upload(long address, ByteBuffer host) {
    enter();
    MemorySegment memory = MemorySegment.ofBuffer(host);
    functions.require("cuMemcpyHtoDAsync", functions.copyToDevice(address, memory, memory.byteSize(), stream));
  }

  @Override
  public void download(ByteBuffer host, long address) {
    enter();
    MemorySegment memory = MemorySegment.ofBuffer(host);
    functions.require("cuMemcpyDtoHAsync", functions.copyToHost(memory, address, memory.byteSize(), stream));
  }

  @Override
  public Program load(byte[] ptx) {
    enter();
    try (Arena arena = Arena.ofConfined()) {
      // Zeros follow both: the driver takes the text as a C string, and gives one.
      MemorySegment image = arena.allocate(ptx.length + 1L);
      image.copyFrom(MemorySegment.ofArray(ptx));
      MemorySegment log = arena.allocate(LOG_BYTES);
      MemorySegment options = arena.allocateFrom(JAVA_INT, JIT_ERROR_LOG_BUFFER, JIT_ERROR_LOG_BUFFER_SIZE_BYTES);
      MemorySegment values = arena.allocate(ADDRESS, 2);
      values.setAtIndex(ADDRESS, 0, log);
      values.setAtIndex(ADDRESS, 1, MemorySegment.ofAddress(LOG_BYTES - 1));
      MemorySegment module = arena.allocate(ADDRESS);
      int status = functions.moduleLoad(module, image, 2, options, values);
      if (status != 0) {
        throw new CudaException(refusal(status, log.getString(0)));
      }
      return new NvidiaProgram(functions, this, module.get(ADDRESS, 0), ptx);
    }
  }

  private String refusal(int status, String log) {
    String line = log.lines().filter(text -> !text.isBlank()).findFirst().map(text -> ": " + text.strip()).orElse("");
    String remedy = status == UNSUPPORTED_PTX_VERSION
        ? "; update NVIDIA's driver, which is for CUDA " + properties.driver()
        : "";
    return "NVIDIA's driver refuses its PTX: " + functions.text(status) + line + remedy;
  }

  @Override
  public void finish() {
    enter();
    functions.require("cuStreamSynchronize", functions.streamSynchronize(stream));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      tryToEnter();
      functions.streamDestroy(stream);
      functions.contextRelease(device);
    }
  }
}
