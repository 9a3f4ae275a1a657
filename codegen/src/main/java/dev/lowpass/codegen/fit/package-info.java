/**
 * Prices of the machine at hand: networks are made, compiled and timed step by step, and the prices found that predict
 * them best.
 */
@NullMarked
package dev.lowpass.codegen.fit;

import org.jspecify.annotations.NullMarked;
