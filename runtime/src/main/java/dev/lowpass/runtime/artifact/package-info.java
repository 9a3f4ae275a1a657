/** The file format of compiled models: its layout, its manifest, and the checks before anything of it is used. */
@NullMarked
package dev.lowpass.runtime.artifact;

import org.jspecify.annotations.NullMarked;
