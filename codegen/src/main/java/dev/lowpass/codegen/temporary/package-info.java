/** Files that only one process needs, and that nobody finds afterwards. */
@NullMarked
package dev.lowpass.codegen.temporary;

import org.jspecify.annotations.NullMarked;
