/** Kernels for devices against the reference interpreter, on whatever OpenCL device is here. */
@NullMarked
package dev.lowpass.codegen.gpu;

import org.jspecify.annotations.NullMarked;
