/**
 * From a plan to TIR for devices: every step is a nest of loops bound to work-groups and work-items, inside the entry
 * functions, which launch them in order. Products stage their operands in shared memory; a work-group transforms a
 * block.
 */
@NullMarked
package dev.lowpass.codegen.gpu;

import org.jspecify.annotations.NullMarked;
