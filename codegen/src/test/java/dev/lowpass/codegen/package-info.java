/** Tests of the compiler as a whole. */
@NullMarked
package dev.lowpass.codegen;

import org.jspecify.annotations.NullMarked;
