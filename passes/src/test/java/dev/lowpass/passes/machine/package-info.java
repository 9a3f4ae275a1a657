/** What the machines are said to do. */
@NullMarked
package dev.lowpass.passes.machine;

import org.jspecify.annotations.NullMarked;
