package dev.lowpass.codegen.check;

import dev.lowpass.ir.Tensor;
import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.Device;
import dev.lowpass.runtime.tvm.DeviceMemory;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.HostMemory;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The memory of one argument of a kernel library, with its copy on a device where there is one. */
final class Area implements AutoCloseable {
  private static final float[] POISON = new float[1 << 14];

  static {
    Arrays.fill(POISON, Float.NaN);
  }

  private final DataType type;
  private final HostMemory host;
  private final Optional<DeviceMemory> remote;
  private final DeviceTensor tensor;

  /**
   * @param seen elements that the code knows of
   * @param more elements behind them
   */
  Area(Device device, DataType type, long seen, long more) {
    this.type = type;
    this.host = HostMemory.allocate((seen + more) * type.bytes());
    this.remote =
        device.equals(Device.CPU) ? Optional.empty() : Optional.of(DeviceMemory.allocate(device, host.bytes()));
    this.tensor =
        remote.map(memory -> memory.tensor(type)).orElseGet(() -> DeviceTensor.host(host.address(), type, seen));
  }

  DeviceTensor tensor() {
    return tensor;
  }

  long elements() {
    return host.bytes() / type.bytes();
  }

  ByteBuffer bytes() {
    return host.buffer();
  }

  /** Writes all elements of {@code values}, from the first on. */
  void put(Tensor values) {
    if (type.equals(DataType.F32)) {
      host.buffer().asFloatBuffer().put(values.floats());
      return;
    }
    ByteBuffer buffer = host.buffer();
    for (double value : values.toDoubles()) {
      switch (type.bytes()) {
        case Long.BYTES -> buffer.putLong((long) value);
        case Integer.BYTES -> buffer.putInt((int) value);
        default -> buffer.put((byte) value);
      }
    }
  }

  /** Fills {@code count} single precision numbers from element {@code start} on with NaN. */
  void poison(long start, long count) {
    FloatBuffer floats = floats(start, count);
    while (floats.hasRemaining()) {
      floats.put(POISON, 0, Math.min(POISON.length, floats.remaining()));
    }
  }

  /** {@code count} single precision numbers from element {@code start} on. */
  float[] read(long start, long count) {
    float[] values = new float[Math.toIntExact(count)];
    floats(start, count).get(values);
    return values;
  }

  private FloatBuffer floats(long start, long count) {
    return host.buffer().asFloatBuffer().slice(Math.toIntExact(start), Math.toIntExact(count));
  }

  /** Before a call: brings everything to the device. */
  void upload() {
    remote.ifPresent(memory -> memory.copyFrom(host.address(), host.bytes()));
  }

  /** After a call: brings everything back. */
  void download() {
    remote.ifPresent(memory -> memory.copyTo(host.address(), host.bytes()));
  }

  @Override
  public void close() {
    host.close();
    remote.ifPresent(DeviceMemory::close);
  }
}
