package dev.lowpass.runtime.tvm;

import dev.lowpass.runtime.natives.NativeLibraries;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.tvm.DLTensor;

/**
 * A flat tensor over memory that somebody else owns: a {@code DLTensor} of one dimension, contiguous. Compiled code
 * assumes, unchecked, that host data is aligned to 64 bytes; the constructor checks it.
 */
public final class DeviceTensor {
  static {
    NativeLibraries.ensureLoaded();
  }

  /** What compiled code takes for granted of every host pointer. */
  public static final int ALIGNMENT = 64;

  private static final int DATA = 0;
  private static final int SHAPE = 6;

  /** data, device, rank and type, shape pointer, strides, byte offset; then the one extent. */
  private final LongPointer struct = Words.longs(7);

  private final Device device;
  private final DataType type;
  private final long length;

  private DeviceTensor(Device device, long data, DataType type, long length) {
    this.device = device;
    this.type = type;
    this.length = length;
    struct.put(DATA, data);
    struct.put(1, device.packed());
    struct.put(2, 1L | type.packed() << 32);
    struct.put(3, struct.address() + SHAPE * Long.BYTES);
    struct.put(4, 0);
    struct.put(5, 0);
    struct.put(SHAPE, length);
  }

  /** {@code length} elements at the host address {@code data}, which must stay valid while the tensor is used. */
  public static DeviceTensor host(long data, DataType type, long length) {
    if (data % ALIGNMENT != 0) {
      throw new IllegalArgumentException("address " + Long.toHexString(data) + " is not aligned to 64 bytes");
    }
    return new DeviceTensor(Device.CPU, data, type, length);
  }

  static DeviceTensor on(Device device, long data, DataType type, long length) {
    return new DeviceTensor(device, data, type, length);
  }

  /** For transfers only: any alignment. */
  static DeviceTensor bytes(long data, long length) {
    return new DeviceTensor(Device.CPU, data, DataType.U8, length);
  }

  /** From now on it is the memory of {@code other} that calls find here, also those that are prepared already. */
  public void moveTo(DeviceTensor other) {
    struct.put(DATA, other.struct.get(DATA));
  }

  /** Whether some memory belongs to both. */
  public boolean overlaps(DeviceTensor other) {
    long begin = struct.get(DATA);
    long otherBegin = other.struct.get(DATA);
    return begin < otherBegin + other.length * other.type.bytes() && otherBegin < begin + length * type.bytes();
  }

  public Device device() {
    return device;
  }

  public DataType type() {
    return type;
  }

  /** Elements, not bytes. */
  public long length() {
    return length;
  }

  long address() {
    return struct.address();
  }

  DLTensor pointer() {
    return new DLTensor(struct);
  }
}
