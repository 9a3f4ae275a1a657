/**
 * Brings the native libraries of one set into the process: the runtime's own, or the compiler's where that is on the
 * class path.
 */
@NullMarked
package dev.lowpass.runtime.natives;

import org.jspecify.annotations.NullMarked;
