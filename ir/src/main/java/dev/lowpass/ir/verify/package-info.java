/**
 * What every graph between two passes must satisfy: {@link dev.lowpass.ir.verify.Verifier} checks all invariants, one
 * class each, named after what it states.
 */
@NullMarked
package dev.lowpass.ir.verify;

import org.jspecify.annotations.NullMarked;
