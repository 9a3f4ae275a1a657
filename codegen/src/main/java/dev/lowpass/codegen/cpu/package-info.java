/**
 * From a plan to TIR for processors: hot kernels written out as vector code over slabs of 16 channels, one object file
 * each, and an entry that calls them in order, dealing tasks to the workers of the thread pool.
 */
@NullMarked
package dev.lowpass.codegen.cpu;

import org.jspecify.annotations.NullMarked;
