/** Artifacts written, loaded and run. */
@NullMarked
package dev.lowpass.codegen.artifact;

import org.jspecify.annotations.NullMarked;
