/** Tests of the package of this name. */
@NullMarked
package dev.lowpass.runtime;

import org.jspecify.annotations.NullMarked;
