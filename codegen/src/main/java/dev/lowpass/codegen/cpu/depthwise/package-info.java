/**
 * The fused depthwise step: expansion, transforms and depthwise convolution, slab by slab.
 */
@NullMarked
package dev.lowpass.codegen.cpu.depthwise;

import org.jspecify.annotations.NullMarked;
