/** Class loaders, each with a runtime of its own, in one process. */
@NullMarked
package dev.lowpass.runtime.loaders;

import org.jspecify.annotations.NullMarked;
