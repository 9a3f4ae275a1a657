package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.NativeModule;
import dev.lowpass.runtime.tvm.TvmObject;
import java.util.Optional;

/**
 * The loaded code of one size. The arguments of a call are flat tensors: inputs, outputs, parameters and scratch, in this
 * order, the arenas as {@code f32}; then the number of workers, an integer.
 *
 * @param place what messages name
 * @param parameters the part of the arena that this size sees
 */
record KernelCode(String place, Manifest.Size size, NativeModule module, DeviceTensor parameters) {
  /** All steps: (arguments). On a processor with TVM's own workers. */
  static final String MAIN = "lowpass_main";

  /** On a device, one step: (step, arguments). */
  static final String STEP = "lowpass_step";

  /** On the processor, one worker's part of some steps: (first step, end, worker, arguments), after {@link #RESET}. */
  static final String WORK = "lowpass_work";

  /** Makes ready for {@link #WORK}: (arguments). */
  static final String RESET = "lowpass_reset";

  private static final String SHARE = "lowpass_share";

  /** An entry function. The caller's to close. */
  TvmObject function(String name) {
    return module.function(name);
  }

  /**
   * The function that runs one worker's share of one phase of a step on the calling thread: the numbers of step, phase
   * and worker come before the arguments of {@link #MAIN}. Devices have none.
   * The caller's to close.
   */
  Optional<TvmObject> share() {
    return module.find(SHARE);
  }
}
