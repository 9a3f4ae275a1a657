/**
 * The fused block step: what makes a map, depthwise convolution and projection, strip by strip.
 */
@NullMarked
package dev.lowpass.codegen.cpu.block;

import org.jspecify.annotations.NullMarked;
