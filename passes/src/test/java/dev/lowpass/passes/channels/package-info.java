/** Dead channels in small networks, random ones and real ones. */
@NullMarked
package dev.lowpass.passes.channels;

import org.jspecify.annotations.NullMarked;
