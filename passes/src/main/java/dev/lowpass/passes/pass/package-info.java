/**
 * The mechanism: a {@link dev.lowpass.passes.pass.Pass} says what it would change in a
 * {@link dev.lowpass.passes.pass.PassContext}, a {@link dev.lowpass.passes.pass.PassManager} runs a
 * {@link dev.lowpass.passes.pass.Pipeline} of them, and {@link dev.lowpass.passes.pass.PassListener}s watch. It knows
 * no pass by name.
 */
@NullMarked
package dev.lowpass.passes.pass;

import org.jspecify.annotations.NullMarked;
