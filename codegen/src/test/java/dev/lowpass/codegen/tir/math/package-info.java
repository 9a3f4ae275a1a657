/** Tests of functions against plain Java. */
@NullMarked
package dev.lowpass.codegen.tir.math;

import org.jspecify.annotations.NullMarked;
