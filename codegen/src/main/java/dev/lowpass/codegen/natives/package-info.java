/**
 * The compiler's native libraries and its linker, offered to the runtime's loader in place of the runtime's own set.
 */
@NullMarked
package dev.lowpass.codegen.natives;

import org.jspecify.annotations.NullMarked;
