/**
 * The pass manager: a {@link dev.lowpass.passes.Pipeline} is text that names passes of the
 * {@link dev.lowpass.passes.PassCatalog}; {@link dev.lowpass.passes.PassManager} runs it and
 * {@link dev.lowpass.passes.PassListener}s watch. General passes live in {@code canonical}, those about bands and
 * transforms in {@code frequency}.
 */
@NullMarked
package dev.lowpass.passes;

import org.jspecify.annotations.NullMarked;
