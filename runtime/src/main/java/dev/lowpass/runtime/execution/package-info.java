/**
 * Runs an artifact's code: {@link dev.lowpass.runtime.execution.KernelLibrary} is what sessions share, {@link
 * dev.lowpass.runtime.execution.Runners} what each has of its own, with a {@link
 * dev.lowpass.runtime.execution.Runner} for each size that it uses. There are two of each: for what TVM compiled, on the
 * processor or on a device that TVM drives, and for what CUDA devices run, where TVM has no part.
 */
@NullMarked
package dev.lowpass.runtime.execution;

import org.jspecify.annotations.NullMarked;
