/**
 * How the work of a step is dealt out to workers, and where its weights, tables and private memory are.
 */
@NullMarked
package dev.lowpass.codegen.cpu.work;

import org.jspecify.annotations.NullMarked;
