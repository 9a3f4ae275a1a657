/**
 * What is measured, and beside what: kernels beside the processor's arithmetic peak, models beside ONNX Runtime, steps
 * under their roofs. Nothing here runs with the tests but one that sees that it starts; {@code docs/performance.md} has
 * the commands.
 */
@NullMarked
package dev.lowpass.testsuite.bench;

import org.jspecify.annotations.NullMarked;
