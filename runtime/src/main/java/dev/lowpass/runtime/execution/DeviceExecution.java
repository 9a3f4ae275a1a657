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

  DeviceExecution(KernelLibrary library, DeviceTensor[] tensors) {
    this.mainFunction = library.function(KernelLibrary.MAIN);
    this.stepFunction = library.function(KernelLibrary.STEP);
    this.main = new ArgumentList(mainFunction, tensors, 1);
    this.step = new ArgumentList(stepFunction, new int[1], tensors, 1);
    this.steps = library.manifest().steps().size();
    this.thread = new NativeThread(library.place());
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
    thread.close();
    mainFunction.close();
    stepFunction.close();
  }
}
