/**
 * Compiled kernels against the reference interpreter: small graphs that are compiled as they stand, run through the
 * runtime, and compared number by number. {@code Sketch} builds graphs, {@code CompiledGraph} compiles and runs them.
 */
@NullMarked
package dev.lowpass.testsuite.kernel;

import org.jspecify.annotations.NullMarked;
