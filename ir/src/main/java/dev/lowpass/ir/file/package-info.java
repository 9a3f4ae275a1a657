/** Files that users name: what may be read, and how is written so that nobody sees half a file or loses another one. */
@NullMarked
package dev.lowpass.ir.file;

import org.jspecify.annotations.NullMarked;
