/**
 * Loads and runs compiled models: {@link dev.lowpass.runtime.Model}, {@link dev.lowpass.runtime.Session}, {@link
 * dev.lowpass.runtime.Tensor}. This package is the whole API; the packages below it are for the compiler and may change
 * with every version. They use its values (tensors, their types, profiles, the exception) and nothing else of it.
 */
@NullMarked
package dev.lowpass.runtime;

import org.jspecify.annotations.NullMarked;
