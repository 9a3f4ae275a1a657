/** Writes compiled models in the runtime's file format. */
@NullMarked
package dev.lowpass.codegen.artifact;

import org.jspecify.annotations.NullMarked;
