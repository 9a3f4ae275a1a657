/**
 * Products of halves: Winograd's variant of Strassen's algorithm.
 */
@NullMarked
package dev.lowpass.codegen.cpu.halved;

import org.jspecify.annotations.NullMarked;
