/**
 * Compares compiled code with the reference interpreter, step by step: {@code Workbench} runs steps on memory that can
 * be looked into, {@code StepReference} says what they should compute, {@code StepCheck} finds the first that does not.
 */
@NullMarked
package dev.lowpass.codegen.check;

import org.jspecify.annotations.NullMarked;
