/**
 * The passes of the compiler: {@link dev.lowpass.passes.Pipelines} are text that names passes of the
 * {@link dev.lowpass.passes.PassCatalog}, which alone knows all of them. Below it, each on those before:
 * {@code machine}, {@code cost}, {@code pass} (the mechanism), then {@code canonical}, {@code channels} and
 * {@code frequency} beside each other, and {@code forms}.
 */
@NullMarked
package dev.lowpass.passes;

import org.jspecify.annotations.NullMarked;
