/**
 * The compiler's façade: {@link dev.lowpass.codegen.Compiler} reads a model, runs passes, plans kernels, emits and
 * links them, checks the result and packs an artifact. {@code CompilationRun} has these stages one after the other, and
 * asks a {@link dev.lowpass.codegen.backend.Backend} for all that depends on the target.
 */
@NullMarked
package dev.lowpass.codegen;

import org.jspecify.annotations.NullMarked;
