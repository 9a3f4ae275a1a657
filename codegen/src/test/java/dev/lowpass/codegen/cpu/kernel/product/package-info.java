@NullMarked
package dev.lowpass.codegen.cpu.kernel.product;

import org.jspecify.annotations.NullMarked;
