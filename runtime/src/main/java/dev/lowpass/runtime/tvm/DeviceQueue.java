package dev.lowpass.runtime.tvm;

import org.bytedeco.tvm.global.tvm_runtime;

/** The work that a device has been given and may not have done yet. */
public final class DeviceQueue {
  private DeviceQueue() {}

  /** Waits until {@code device} has done everything that this thread gave it. */
  public static void drain(Device device) {
    Tvm.check(tvm_runtime.TVMSynchronize(device.kind(), device.index(), null));
  }
}
