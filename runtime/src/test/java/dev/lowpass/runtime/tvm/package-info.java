/** Tests of the binding with the runtime's own natives. */
@NullMarked
package dev.lowpass.runtime.tvm;

import org.jspecify.annotations.NullMarked;
