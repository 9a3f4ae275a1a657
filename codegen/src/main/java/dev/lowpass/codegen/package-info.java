/**
 * The compiler's façade: {@link dev.lowpass.codegen.Compiler} reads a model, runs passes, plans kernels, emits and
 * links them, checks the result and packs an artifact. The stages live in {@code plan}, {@code emit}, {@code element},
 * {@code cpu}, {@code gpu}, {@code tune}, {@code tvm} and {@code artifact}.
 */
@NullMarked
package dev.lowpass.codegen;

import org.jspecify.annotations.NullMarked;
