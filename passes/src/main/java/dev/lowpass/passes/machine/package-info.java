/**
 * What processors can do: a {@link dev.lowpass.passes.machine.Machine} with the rules that depend on it, and those that
 * there are in {@link dev.lowpass.passes.machine.Machines}. Passes, prices and kernels all ask here.
 */
@NullMarked
package dev.lowpass.passes.machine;

import org.jspecify.annotations.NullMarked;
