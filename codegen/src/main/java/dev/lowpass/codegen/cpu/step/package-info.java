/**
 * Steps of one kernel: convolutions, transforms, and loops over elements.
 */
@NullMarked
package dev.lowpass.codegen.cpu.step;

import org.jspecify.annotations.NullMarked;
