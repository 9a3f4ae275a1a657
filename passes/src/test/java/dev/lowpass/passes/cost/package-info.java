/** Laws of the cost model and of the staircase that it rounds with. */
@NullMarked
package dev.lowpass.passes.cost;

import org.jspecify.annotations.NullMarked;
