/**
 * What TIR has no operations for, as pieces of LLVM's language.
 */
@NullMarked
package dev.lowpass.codegen.tir.llvm;

import org.jspecify.annotations.NullMarked;
