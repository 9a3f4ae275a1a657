/**
 * Calls Apache TVM through its C interface: packed functions, objects, modules, tensors by address, the thread pool.
 * The only package of this module that sees {@code org.bytedeco}; it serves the runtime and, with the compiler's
 * natives loaded instead, the code generator. Nothing here loads a library by itself.
 */
@NullMarked
package dev.lowpass.runtime.tvm;

import org.jspecify.annotations.NullMarked;
