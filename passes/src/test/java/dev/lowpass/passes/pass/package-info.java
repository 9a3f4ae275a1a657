/** Tests of the mechanism that runs passes. */
@NullMarked
package dev.lowpass.passes.pass;

import org.jspecify.annotations.NullMarked;
