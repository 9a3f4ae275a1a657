/** How large whatever is read, computed at import, or made of it may be: all limits in one place. */
@NullMarked
package dev.lowpass.ir.limit;

import org.jspecify.annotations.NullMarked;
