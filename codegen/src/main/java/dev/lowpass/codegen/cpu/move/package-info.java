/**
 * Movement of data: every rearrangement and every change of layout as few copies between strided addresses, in vectors.
 */
@NullMarked
package dev.lowpass.codegen.cpu.move;

import org.jspecify.annotations.NullMarked;
