package dev.lowpass.codegen.emit;

import dev.lowpass.codegen.tvm.Function;
import java.util.List;

/**
 * What goes into an artifact.
 *
 * @param kernels functions with C linkage, one object file each
 * @param entries packed functions that call them, or whose loop nests a device runs: {@code lowpass_main} runs all steps,
 *     {@code lowpass_step} the one it is told
 * @param parameters the parameter arena, little-endian
 * @param scratchElements float32 elements of scratch for no worker
 * @param privateElements float32 elements more for each worker
 */
public record Library(
    List<Function> kernels, List<Function> entries, byte[] parameters, long scratchElements, long privateElements) {}
