/** A device in the processor's memory, and the kernels that PTX declares. */
@NullMarked
package dev.lowpass.runtime.cuda;

import org.jspecify.annotations.NullMarked;
