/** Tests of the package of this name. */
@NullMarked
package dev.lowpass.runtime.execution;

import org.jspecify.annotations.NullMarked;
