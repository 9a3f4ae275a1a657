package dev.lowpass.codegen.emit;

import dev.lowpass.codegen.tir.Function;
import dev.lowpass.runtime.artifact.KernelLaunch;
import java.util.List;

/**
 * What goes into an artifact. Among the functions is {@code lowpass_main}, which runs all steps. On a device there is
 * {@code lowpass_step} as well, which runs the one it is told.
 *
 * <p>On the processor {@code lowpass_work} takes the numbers of the first step, of the one after the last, and of a worker,
 * and does that worker's part: all workers call it at the same time, after one of them called {@code lowpass_reset}.
 * {@code lowpass_share} takes the numbers of a step, a phase and a worker, and does what that worker has in its own queue.
 * All shares of phase 0 in any order, then all of phase 1, do what the step does; phases that a step does not have do
 * nothing.
 *
 * @param processor functions that run on the processor
 * @param device functions whose loop nests a device runs
 * @param launches how the runtime launches those of {@code device} where it does so itself; none where an entry does
 * @param parameters the parameter arena, little-endian
 * @param scratchBytes scratch for no worker
 * @param privateBytes how much more for each worker
 */
public record Library(
    List<Function> processor,
    List<Function> device,
    List<KernelLaunch> launches,
    byte[] parameters,
    long scratchBytes,
    long privateBytes) {
  /** How many functions are to be compiled. */
  public int functions() {
    return processor.size() + device.size();
  }
}
