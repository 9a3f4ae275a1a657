/**
 * Loads and runs compiled models: {@link dev.lowpass.runtime.Model}, {@link dev.lowpass.runtime.Session}, {@link
 * dev.lowpass.runtime.Tensor}.
 */
@NullMarked
package dev.lowpass.runtime;

import org.jspecify.annotations.NullMarked;
