/**
 * Kernels of products: rows of slabs times a panel of weights, dense or without zeros, and how weights lie in panels.
 */
@NullMarked
package dev.lowpass.codegen.cpu.kernel.product;

import org.jspecify.annotations.NullMarked;
