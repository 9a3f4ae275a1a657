/**
 * Values of a plan: what a slot holds, in which layout it lies in memory, and how much of it bands read.
 */
@NullMarked
package dev.lowpass.codegen.plan.value;

import org.jspecify.annotations.NullMarked;
