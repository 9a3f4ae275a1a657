/** Tests of the TIR vocabulary and of the way to a shared library; they run what they build. */
@NullMarked
package dev.lowpass.codegen.tir;

import org.jspecify.annotations.NullMarked;

