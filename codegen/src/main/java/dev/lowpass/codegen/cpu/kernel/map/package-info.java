/**
 * Kernels that look around on a map: convolutions and transforms.
 */
@NullMarked
package dev.lowpass.codegen.cpu.kernel.map;

import org.jspecify.annotations.NullMarked;
