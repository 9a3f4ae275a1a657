/**
 * From a plan to kernels for NVIDIA's devices: {@code CudaEmitter} chooses one for each step or several, {@code
 * DeviceKernel} is what all of them are, {@code KernelMemory} is the memory that one sees. Everything about a launch is
 * known here; nothing runs on the processor but the launching.
 */
@NullMarked
package dev.lowpass.codegen.cuda;

import org.jspecify.annotations.NullMarked;
