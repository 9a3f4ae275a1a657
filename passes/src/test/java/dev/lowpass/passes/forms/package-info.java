/** What the choice of forms makes of a real network. */
@NullMarked
package dev.lowpass.passes.forms;

import org.jspecify.annotations.NullMarked;
