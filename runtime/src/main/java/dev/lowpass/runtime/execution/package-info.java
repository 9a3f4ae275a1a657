/**
 * Runs an artifact's code: {@link dev.lowpass.runtime.execution.KernelLibrary} is what sessions share, {@link
 * dev.lowpass.runtime.execution.Runners} what each has of its own, with a {@link
 * dev.lowpass.runtime.execution.Runner} for each size that it uses. The rest is the two ways to do it, on the processor
 * and on a device.
 */
@NullMarked
package dev.lowpass.runtime.execution;

import org.jspecify.annotations.NullMarked;
