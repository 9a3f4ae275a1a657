/**
 * NVIDIA's devices: what is asked of a driver ({@link dev.lowpass.runtime.cuda.CudaDriver}), and how one is found. The
 * driver itself is called by classes that only newer versions of Java load.
 */
@NullMarked
package dev.lowpass.runtime.cuda;

import org.jspecify.annotations.NullMarked;
