/** Tests of the package of this name. */
@NullMarked
package dev.lowpass.maven;

import org.jspecify.annotations.NullMarked;
