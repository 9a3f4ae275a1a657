package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.tvm.ArgumentList;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.TvmObject;

/** Native calls for a device: all from one thread, on which drivers and TVM keep what belongs to it. */
final class DeviceExecution implements Execution {
  private final NativeThread thread;
  private final TvmObject mainFunction;
  private final TvmObject stepFunction;
  private final ArgumentList main;
  private final ArgumentList step;
  private final int steps;

  DeviceExecution(KernelCode code, DeviceTensor[] tensors, NativeThread thread) {
    this.mainFunction = code.function(KernelCode.MAIN);
    this.stepFunction = code.function(KernelCode.STEP);
    this.main = new ArgumentList(mainFunction, tensors, 1);
    this.step = new ArgumentList(stepFunction, new int[1], tensors, 1);
    this.steps = code.size().steps().size();
    this.thread = thread;
  }

  @Override
  public void within(Runnable task) {
    thread.run(task);
  }

  @Override
  public void steps(int first, int end) {
    if (first == 0 && end == steps) {
      main.call();
      return;
    }
    for (int index = first; index < end; index++) {
      step.set(0, index);
      step.call();
    }
  }

  @Override
  public void close() {
    mainFunction.close();
    stepFunction.close();
  }
}
