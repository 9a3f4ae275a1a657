/**
 * What kernels have in common: a kernel is a loop over registers and pointers, compiled by itself, and knows nothing of
 * steps. It is made once for all that describe the same, and called by the names of its arguments.
 */
@NullMarked
package dev.lowpass.codegen.cpu.kernel;

import org.jspecify.annotations.NullMarked;
