/** Passes about the numbers in which layers compute. */
@NullMarked
package dev.lowpass.passes.precision;

import org.jspecify.annotations.NullMarked;
