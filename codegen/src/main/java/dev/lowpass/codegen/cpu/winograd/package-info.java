/**
 * Convolutions of 3x3 as products of transformed tiles, by Winograd's minimal filtering: with which tiles, when they
 * pay, and their code.
 */
@NullMarked
package dev.lowpass.codegen.cpu.winograd;

import org.jspecify.annotations.NullMarked;
