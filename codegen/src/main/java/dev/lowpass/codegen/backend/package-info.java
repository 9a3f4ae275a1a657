/**
 * What code can be made for. {@code Backend} is all that the rest of the compiler knows of a target; there is one class
 * for each kind, and {@code Backends} is the one place that knows them all.
 */
@NullMarked
package dev.lowpass.codegen.backend;

import org.jspecify.annotations.NullMarked;
