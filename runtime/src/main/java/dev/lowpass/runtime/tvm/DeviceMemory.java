package dev.lowpass.runtime.tvm;

import dev.lowpass.runtime.natives.NativeLibraries;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.tvm.DLDataType;
import org.bytedeco.tvm.DLDevice;
import org.bytedeco.tvm.global.tvm_runtime;

/**
 * A block of memory on a device, freed on close. For OpenCL the "address" is a {@code cl_mem} and admits no arithmetic:
 * kernels address parts of it by index. Copies wait until they are done. Not thread-safe.
 */
public final class DeviceMemory implements AutoCloseable {
  static {
    NativeLibraries.ensureLoaded();
  }

  private final Device device;
  private final long bytes;
  private long data;

  private DeviceMemory(Device device, long data, long bytes) {
    this.device = device;
    this.data = data;
    this.bytes = bytes;
  }

  /** Uninitialised memory of {@code bytes} on {@code device}. */
  public static DeviceMemory allocate(Device device, long bytes) {
    try (PointerPointer<Pointer> result = new PointerPointer<>(1L);
        DLDevice where = nativeDevice(device);
        DLDataType type = byteType()) {
      Tvm.check(tvm_runtime.TVMDeviceAllocDataSpace(
          where, Math.max(bytes, 1), DeviceTensor.ALIGNMENT, type, result));
      return new DeviceMemory(device, result.get(0).address(), bytes);
    }
  }

  /** The whole block as elements of {@code type}. */
  public DeviceTensor tensor(DataType type) {
    return tensor(type, bytes);
  }

  /** The first {@code count} bytes of the block as elements of {@code type}. */
  public DeviceTensor tensor(DataType type, long count) {
    requireInside(count);
    return DeviceTensor.on(device, open(), type, count / type.bytes());
  }

  /** Copies {@code count} bytes from the host address {@code source} to the start of this block. */
  public void copyFrom(long source, long count) {
    copy(DeviceTensor.bytes(source, count), start(count));
  }

  /** Copies the first {@code count} bytes of this block to the host address {@code target}. */
  public void copyTo(long target, long count) {
    copy(start(count), DeviceTensor.bytes(target, count));
  }

  private DeviceTensor start(long count) {
    return tensor(DataType.U8, count);
  }

  private void requireInside(long count) {
    if (count > bytes) {
      throw new IllegalArgumentException(count + " bytes asked of a device block of " + bytes);
    }
  }

  private void copy(DeviceTensor from, DeviceTensor to) {
    Tvm.check(tvm_runtime.TVMDeviceCopyDataFromTo(from.pointer(), to.pointer(), null));
    Tvm.check(tvm_runtime.TVMSynchronize(device.kind(), device.index(), null));
  }

  private long open() {
    if (data == 0) {
      throw new IllegalStateException("the device memory is closed");
    }
    return data;
  }

  @Override
  public void close() {
    if (data != 0) {
      try (DLDevice where = nativeDevice(device)) {
        Tvm.check(tvm_runtime.TVMDeviceFreeDataSpace(where, new Address(data)));
      }
      data = 0;
    }
  }

  private static DLDevice nativeDevice(Device device) {
    return new DLDevice().device_type(device.kind()).device_id(device.index());
  }

  private static DLDataType byteType() {
    return new DLDataType().code((byte) 1).bits((byte) 8).lanes((short) 1);
  }
}
