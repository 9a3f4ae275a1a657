/**
 * The reference interpreter: every operator in both domains as plain loops in double precision. It is the oracle of
 * pass and kernel tests, folds constants, and is written for reading. {@link dev.lowpass.ir.interpreter.Interpreter}
 * dispatches, one class an operator family computes, {@link dev.lowpass.ir.interpreter.Difference} compares.
 */
@NullMarked
package dev.lowpass.ir.interpreter;

import org.jspecify.annotations.NullMarked;
