/** Tests of the pieces of LLVM's language; they run what they build. */
@NullMarked
package dev.lowpass.codegen.tir.llvm;

import org.jspecify.annotations.NullMarked;
