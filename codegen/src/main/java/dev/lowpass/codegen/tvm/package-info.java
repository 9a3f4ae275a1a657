/**
 * A vocabulary for TVM's tensor IR, and the way from it to a shared library: {@link dev.lowpass.codegen.tvm.Expr},
 * {@link dev.lowpass.codegen.tvm.Code}, {@link dev.lowpass.codegen.tvm.Function}, then
 * {@link dev.lowpass.codegen.tvm.LibraryBuilder}. The only package of this module that touches TVM.
 */
@NullMarked
package dev.lowpass.codegen.tvm;

import org.jspecify.annotations.NullMarked;
