/** Tests of the package of this name. */
@NullMarked
package dev.lowpass.runtime.artifact;

import org.jspecify.annotations.NullMarked;
