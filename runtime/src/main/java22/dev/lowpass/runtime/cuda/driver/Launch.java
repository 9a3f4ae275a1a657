package dev.lowpass.runtime.cuda.driver;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.lowpass.runtime.cuda.CudaDevice;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * A call as the driver takes it, which copies what it is given.
 *
 * @param parameters pointers to the kernel's parameters, which are pointers themselves
 */
record Launch(CudaDevice.Call call, MemorySegment function, MemorySegment parameters) {
  /** {@code CUDA_KERNEL_NODE_PARAMS}, whose second version adds the last two: unused, and so null. */
  private static final StructLayout NODE =
      MemoryLayout.structLayout(
          ADDRESS.withName("func"),
          JAVA_INT.withName("gridDimX"),
          JAVA_INT.withName("gridDimY"),
          JAVA_INT.withName("gridDimZ"),
          JAVA_INT.withName("blockDimX"),
          JAVA_INT.withName("blockDimY"),
          JAVA_INT.withName("blockDimZ"),
          JAVA_INT.withName("sharedMemBytes"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("kernelParams"),
          ADDRESS.withName("extra"),
          ADDRESS.withName("kern"),
          ADDRESS.withName("ctx"));

  /** In memory of {@code arena}. */
  static Launch of(CudaDevice.Call call, MemorySegment function, Arena arena) {
    int count = call.pointers().size();
    MemorySegment values = arena.allocate(JAVA_LONG, count);
    MemorySegment parameters = arena.allocate(ADDRESS, count);
    for (int i = 0; i < count; i++) {
      values.setAtIndex(JAVA_LONG, i, call.pointers().get(i));
      parameters.setAtIndex(ADDRESS, i, values.asSlice(i * JAVA_LONG.byteSize()));
    }
    return new Launch(call, function, parameters);
  }

  /** The description of a node of a graph, in memory of {@code arena}. */
  MemorySegment node(Arena arena) {
    MemorySegment node = arena.allocate(NODE);
    node.set(ADDRESS, at("func"), function);
    node.set(JAVA_INT, at("gridDimX"), call.groups().x());
    node.set(JAVA_INT, at("gridDimY"), call.groups().y());
    node.set(JAVA_INT, at("gridDimZ"), call.groups().z());
    node.set(JAVA_INT, at("blockDimX"), call.items().x());
    node.set(JAVA_INT, at("blockDimY"), call.items().y());
    node.set(JAVA_INT, at("blockDimZ"), call.items().z());
    node.set(ADDRESS, at("kernelParams"), parameters);
    return node;
  }

  private static long at(String field) {
    return NODE.byteOffset(MemoryLayout.PathElement.groupElement(field));
  }
}
