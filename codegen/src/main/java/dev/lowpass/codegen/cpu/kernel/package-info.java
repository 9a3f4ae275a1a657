/**
 * Kernels: loops over registers and pointers, compiled each by itself. They know nothing of steps.
 */
@NullMarked
package dev.lowpass.codegen.cpu.kernel;

import org.jspecify.annotations.NullMarked;
