/**
 * Functions of one and two numbers: those that a target or C's library brings, and faster ones for hot loops.
 */
@NullMarked
package dev.lowpass.codegen.tir.math;

import org.jspecify.annotations.NullMarked;
