/** Tests of the processor's emitter that need no native code; the test suite runs the kernels themselves. */
@NullMarked
package dev.lowpass.codegen.cpu;

import org.jspecify.annotations.NullMarked;
