package dev.lowpass.codegen.emit;

import dev.lowpass.codegen.tvm.Function;
import java.util.List;

/**
 * What goes into an artifact. Among the functions are {@code lowpass_main}, which runs all steps, and {@code
 * lowpass_step}, which runs the one it is told. On the processor there is {@code lowpass_share} as well: it takes the
 * numbers of a step, a phase and a worker, and runs that worker's part on the calling thread. All parts of phase 0 in
 * any order, then all parts of phase 1, do what the step does; phases that a step does not have do nothing.
 *
 * @param processor functions that run on the processor
 * @param device entry functions whose loop nests a device runs
 * @param parameters the parameter arena, little-endian
 * @param scratchElements float32 elements of scratch for no worker
 * @param privateElements float32 elements more for each worker
 */
public record Library(
    List<Function> processor, List<Function> device, byte[] parameters, long scratchElements, long privateElements) {}
