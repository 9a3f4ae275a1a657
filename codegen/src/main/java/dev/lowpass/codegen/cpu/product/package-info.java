/**
 * The product step and the algorithms that it may be made with.
 */
@NullMarked
package dev.lowpass.codegen.cpu.product;

import org.jspecify.annotations.NullMarked;
