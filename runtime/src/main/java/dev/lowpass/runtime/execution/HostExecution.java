package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.tvm.ArgumentList;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.TvmException;
import dev.lowpass.runtime.tvm.TvmObject;

/** Native calls on the processor: on the caller's thread, and with several workers on those of a crew as well. */
final class HostExecution implements Execution, Crew.Work {
  private final String place;
  private final TvmObject resetFunction;
  private final TvmObject workFunction;
  private final ArgumentList reset;
  private final ArgumentList[] parts;
  private final Crew crew;

  HostExecution(KernelCode code, DeviceTensor[] tensors, Crew crew) {
    int workers = crew.workers();
    this.place = code.place();
    this.resetFunction = code.function(KernelCode.RESET);
    this.workFunction = code.function(KernelCode.WORK);
    this.crew = crew;
    this.reset = new ArgumentList(resetFunction, tensors, workers);
    this.parts = new ArgumentList[workers];
    for (int worker = 0; worker < workers; worker++) {
      parts[worker] = new ArgumentList(workFunction, new int[] {0, 0, worker}, tensors, workers);
    }
  }

  @Override
  public void within(Runnable task) {
    try {
      task.run();
    } catch (TvmException e) {
      throw new LowpassRuntimeException(5022, place, e.summary(), e);
    }
  }

  @Override
  public void steps(int first, int end) {
    for (ArgumentList part : parts) {
      part.set(0, first);
      part.set(1, end);
    }
    reset.call();
    crew.run(this);
  }

  @Override
  public void part(int worker) {
    parts[worker].call();
  }

  @Override
  public void close() {
    workFunction.close();
    resetFunction.close();
  }
}
