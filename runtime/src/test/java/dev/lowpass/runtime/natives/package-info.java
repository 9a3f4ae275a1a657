/** Tests of the package of this name. */
@NullMarked
package dev.lowpass.runtime.natives;

import org.jspecify.annotations.NullMarked;
