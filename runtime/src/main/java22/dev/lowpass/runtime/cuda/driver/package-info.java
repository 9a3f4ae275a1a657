/**
 * NVIDIA's driver, called by {@code java.lang.foreign}: class files that need Java 22, in a module whose others need 17.
 * {@link dev.lowpass.runtime.cuda.CudaDrivers} looks for them from there on.
 */
@NullMarked
package dev.lowpass.runtime.cuda.driver;

import org.jspecify.annotations.NullMarked;
