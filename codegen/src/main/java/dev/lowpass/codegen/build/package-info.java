/**
 * From functions to the bytes of a shared library: object files by TVM and LLVM, and the linker that joins them.
 */
@NullMarked
package dev.lowpass.codegen.build;

import org.jspecify.annotations.NullMarked;
