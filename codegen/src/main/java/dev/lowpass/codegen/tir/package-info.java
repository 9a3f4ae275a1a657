/**
 * A vocabulary for TVM's tensor IR, and the way from it to a shared library: {@link dev.lowpass.codegen.tir.Expr},
 * {@link dev.lowpass.codegen.tir.Code}, {@link dev.lowpass.codegen.tir.Function}, then
 * {@link dev.lowpass.codegen.build.LibraryBuilder}. The only package of this module that touches TVM.
 */
@NullMarked
package dev.lowpass.codegen.tir;

import org.jspecify.annotations.NullMarked;

