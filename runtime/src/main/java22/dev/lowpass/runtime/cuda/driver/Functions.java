package dev.lowpass.runtime.cuda.driver;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.lowpass.runtime.cuda.CudaException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of {@code libcuda.so.1} that are needed, with what {@code cuda.h} declares them to take: handles and host
 * memory are pointers, device memory is a 64-bit number, devices and enumerations are ints. Names end in {@code _v2} where
 * the header's macros make them do so. Each gives a status, which {@link #require} judges. Thread-safe.
 */
final class Functions {
  private static final int FINE = 0;

  private final SymbolLookup library;
  private final MethodHandle errorName;
  private final MethodHandle errorString;
  private final MethodHandle init;
  private final MethodHandle driverVersion;
  private final MethodHandle deviceCount;
  private final MethodHandle deviceGet;
  private final MethodHandle deviceName;
  private final MethodHandle deviceAttribute;
  private final MethodHandle deviceMemory;
  private final MethodHandle contextRetain;
  private final MethodHandle contextRelease;
  private final MethodHandle contextSet;
  private final MethodHandle allocate;
  private final MethodHandle free;
  private final MethodHandle memoryInfo;
  private final MethodHandle hostRegister;
  private final MethodHandle hostUnregister;
  private final MethodHandle copyToDevice;
  private final MethodHandle copyToHost;
  private final MethodHandle streamCreate;
  private final MethodHandle streamSynchronize;
  private final MethodHandle streamDestroy;
  private final MethodHandle moduleLoad;
  private final MethodHandle moduleUnload;
  private final MethodHandle moduleFunction;
  private final MethodHandle launchKernel;
  private final MethodHandle graphCreate;
  private final MethodHandle graphAddKernel;
  private final MethodHandle graphInstantiate;
  private final MethodHandle graphLaunch;
  private final MethodHandle graphDestroy;
  private final MethodHandle graphExecDestroy;

  /** @throws CudaException where the library lacks one of them */
  Functions(SymbolLookup library) {
    this.library = library;
    this.errorName = function("cuGetErrorName", JAVA_INT, ADDRESS);
    this.errorString = function("cuGetErrorString", JAVA_INT, ADDRESS);
    this.init = function("cuInit", JAVA_INT);
    this.driverVersion = function("cuDriverGetVersion", ADDRESS);
    this.deviceCount = function("cuDeviceGetCount", ADDRESS);
    this.deviceGet = function("cuDeviceGet", ADDRESS, JAVA_INT);
    this.deviceName = function("cuDeviceGetName", ADDRESS, JAVA_INT, JAVA_INT);
    this.deviceAttribute = function("cuDeviceGetAttribute", ADDRESS, JAVA_INT, JAVA_INT);
    this.deviceMemory = function("cuDeviceTotalMem_v2", ADDRESS, JAVA_INT);
    this.contextRetain = function("cuDevicePrimaryCtxRetain", ADDRESS, JAVA_INT);
    this.contextRelease = function("cuDevicePrimaryCtxRelease_v2", JAVA_INT);
    this.contextSet = function("cuCtxSetCurrent", ADDRESS);
    this.allocate = function("cuMemAlloc_v2", ADDRESS, JAVA_LONG);
    this.free = function("cuMemFree_v2", JAVA_LONG);
    this.memoryInfo = function("cuMemGetInfo_v2", ADDRESS, ADDRESS);
    this.hostRegister = function("cuMemHostRegister_v2", ADDRESS, JAVA_LONG, JAVA_INT);
    this.hostUnregister = function("cuMemHostUnregister", ADDRESS);
    this.copyToDevice = function("cuMemcpyHtoDAsync_v2", JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    this.copyToHost = function("cuMemcpyDtoHAsync_v2", ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS);
    this.streamCreate = function("cuStreamCreate", ADDRESS, JAVA_INT);
    this.streamSynchronize = function("cuStreamSynchronize", ADDRESS);
    this.streamDestroy = function("cuStreamDestroy_v2", ADDRESS);
    this.moduleLoad = function("cuModuleLoadDataEx", ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    this.moduleUnload = function("cuModuleUnload", ADDRESS);
    this.moduleFunction = function("cuModuleGetFunction", ADDRESS, ADDRESS, ADDRESS);
    this.launchKernel = launchFunction();
    this.graphCreate = function("cuGraphCreate", ADDRESS, JAVA_INT);
    this.graphAddKernel = graphFunction();
    this.graphInstantiate = function("cuGraphInstantiateWithFlags", ADDRESS, ADDRESS, JAVA_LONG);
    this.graphLaunch = function("cuGraphLaunch", ADDRESS, ADDRESS);
    this.graphDestroy = function("cuGraphDestroy", ADDRESS);
    this.graphExecDestroy = function("cuGraphExecDestroy", ADDRESS);
  }

  private MethodHandle launchFunction() {
    MemoryLayout i = JAVA_INT;
    return function("cuLaunchKernel", ADDRESS, i, i, i, i, i, i, i, ADDRESS, ADDRESS, ADDRESS);
  }

  /** The second version takes a longer description, of which the first takes the beginning. */
  private MethodHandle graphFunction() {
    String name = "cuGraphAddKernelNode";
    String found = library.find(name + "_v2").isPresent() ? name + "_v2" : name;
    return function(found, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
  }

  private MethodHandle function(String name, MemoryLayout... parameters) {
    MemorySegment symbol =
        library.find(name).orElseThrow(() -> new CudaException(
            "NVIDIA's driver is too old, since it has no " + name + "; update it to one for CUDA 12"));
    return Linker.nativeLinker().downcallHandle(symbol, FunctionDescriptor.of(JAVA_INT, parameters));
  }

  private interface Call {
    int status() throws Throwable;
  }

  private static int status(Call call) {
    try {
      return call.status();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("native functions throw nothing", e);
    }
  }

  /**
   * @param what was tried, for people
   * @throws CudaException for any status but success
   */
  void require(String what, int status) {
    if (status != FINE) {
      throw new CudaException(what + ": " + text(status));
    }
  }

  /** What a status means, in the driver's words. */
  String text(int status) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(ADDRESS);
      String name = status(() -> (int) errorName.invokeExact(status, text)) == FINE ? string(text) : "error " + status;
      return status(() -> (int) errorString.invokeExact(status, text)) == FINE ? string(text) + " (" + name + ")" : name;
    }
  }

  private static String string(MemorySegment pointer) {
    return pointer.get(ADDRESS, 0).reinterpret(Long.MAX_VALUE).getString(0);
  }

  int init() {
    return status(() -> (int) init.invokeExact(0));
  }

  int driverVersion(MemorySegment version) {
    return status(() -> (int) driverVersion.invokeExact(version));
  }

  int deviceCount(MemorySegment count) {
    return status(() -> (int) deviceCount.invokeExact(count));
  }

  int deviceGet(MemorySegment device, int ordinal) {
    return status(() -> (int) deviceGet.invokeExact(device, ordinal));
  }

  int deviceName(MemorySegment name, int bytes, int device) {
    return status(() -> (int) deviceName.invokeExact(name, bytes, device));
  }

  int deviceAttribute(MemorySegment value, int attribute, int device) {
    return status(() -> (int) deviceAttribute.invokeExact(value, attribute, device));
  }

  int deviceMemory(MemorySegment bytes, int device) {
    return status(() -> (int) deviceMemory.invokeExact(bytes, device));
  }

  int contextRetain(MemorySegment context, int device) {
    return status(() -> (int) contextRetain.invokeExact(context, device));
  }

  int contextRelease(int device) {
    return status(() -> (int) contextRelease.invokeExact(device));
  }

  int contextSet(MemorySegment context) {
    return status(() -> (int) contextSet.invokeExact(context));
  }

  int allocate(MemorySegment address, long bytes) {
    return status(() -> (int) allocate.invokeExact(address, bytes));
  }

  int free(long address) {
    return status(() -> (int) free.invokeExact(address));
  }

  int memoryInfo(MemorySegment freeBytes, MemorySegment totalBytes) {
    return status(() -> (int) memoryInfo.invokeExact(freeBytes, totalBytes));
  }

  int hostRegister(MemorySegment host, long bytes) {
    return status(() -> (int) hostRegister.invokeExact(host, bytes, 0));
  }

  int hostUnregister(MemorySegment host) {
    return status(() -> (int) hostUnregister.invokeExact(host));
  }

  int copyToDevice(long address, MemorySegment host, long bytes, MemorySegment stream) {
    return status(() -> (int) copyToDevice.invokeExact(address, host, bytes, stream));
  }

  int copyToHost(MemorySegment host, long address, long bytes, MemorySegment stream) {
    return status(() -> (int) copyToHost.invokeExact(host, address, bytes, stream));
  }

  int streamCreate(MemorySegment stream, int flags) {
    return status(() -> (int) streamCreate.invokeExact(stream, flags));
  }

  int streamSynchronize(MemorySegment stream) {
    return status(() -> (int) streamSynchronize.invokeExact(stream));
  }

  int streamDestroy(MemorySegment stream) {
    return status(() -> (int) streamDestroy.invokeExact(stream));
  }

  int moduleLoad(MemorySegment module, MemorySegment image, int count, MemorySegment options, MemorySegment values) {
    return status(() -> (int) moduleLoad.invokeExact(module, image, count, options, values));
  }

  int moduleUnload(MemorySegment module) {
    return status(() -> (int) moduleUnload.invokeExact(module));
  }

  int moduleFunction(MemorySegment function, MemorySegment module, MemorySegment name) {
    return status(() -> (int) moduleFunction.invokeExact(function, module, name));
  }

  int launchKernel(Launch launch, MemorySegment stream) {
    MemorySegment function = launch.function();
    var groups = launch.call().groups();
    var items = launch.call().items();
    return status(() -> (int) launchKernel.invokeExact(
        function, groups.x(), groups.y(), groups.z(), items.x(), items.y(), items.z(), 0, stream,
        launch.parameters(), MemorySegment.NULL));
  }

  int graphCreate(MemorySegment graph) {
    return status(() -> (int) graphCreate.invokeExact(graph, 0));
  }

  int graphAddKernel(MemorySegment node, MemorySegment graph, MemorySegment after, long count, MemorySegment kernel) {
    return status(() -> (int) graphAddKernel.invokeExact(node, graph, after, count, kernel));
  }

  int graphInstantiate(MemorySegment exec, MemorySegment graph) {
    return status(() -> (int) graphInstantiate.invokeExact(exec, graph, 0L));
  }

  int graphLaunch(MemorySegment exec, MemorySegment stream) {
    return status(() -> (int) graphLaunch.invokeExact(exec, stream));
  }

  int graphDestroy(MemorySegment graph) {
    return status(() -> (int) graphDestroy.invokeExact(graph));
  }

  int graphExecDestroy(MemorySegment exec) {
    return status(() -> (int) graphExecDestroy.invokeExact(exec));
  }
}
