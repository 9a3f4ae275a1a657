package dev.lowpass.runtime.tvm;

import dev.lowpass.runtime.artifact.DeviceKind;
import dev.lowpass.runtime.natives.NativeLibraries;

/** A device by TVM's numbering: {@code kind} is a {@link DeviceKind#number}, {@code index} counts in a kind. */
public record Device(int kind, int index) {
  private static final int EXISTS = 0;
  private static final int NAME = 5;

  public static final Device CPU = of(DeviceKind.CPU);
  public static final Device OPENCL = of(DeviceKind.OPENCL);

  /** TVM looks the kind up in a table of 32 without looking whether it is in there. */
  private static final int KINDS = 32;

  public Device {
    if (kind < 1 || kind >= KINDS) {
      throw new IllegalArgumentException("TVM has no device kind " + kind);
    }
  }

  /** The first of its kind. */
  public static Device of(DeviceKind kind) {
    return new Device(kind.number(), 0);
  }

  /**
   * Whether such a device can be used now: a driver is installed and offers it. Asking for OpenCL starts the driver.
   * False, not an error, where the runtime library was built without support for the kind.
   */
  public boolean exists() {
    NativeLibraries.ensureLoaded();
    return Warnings.dropped(this::isOffered);
  }

  private boolean isOffered() {
    try {
      return Tvm.call("runtime.GetDeviceAttr", kind, index, EXISTS) instanceof Number found && found.longValue() != 0;
    } catch (TvmException unsupported) {
      return false;
    }
  }

  /** The driver's name of an existing device, for people. */
  public String name() {
    return String.valueOf(Tvm.call("runtime.GetDeviceAttr", kind, index, NAME));
  }

  long packed() {
    return (kind & 0xffffffffL) | (long) index << 32;
  }
}
