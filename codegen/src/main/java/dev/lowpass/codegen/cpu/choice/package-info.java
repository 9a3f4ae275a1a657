/**
 * What may vary about the code of a step without changing what it computes.
 */
@NullMarked
package dev.lowpass.codegen.cpu.choice;

import org.jspecify.annotations.NullMarked;
