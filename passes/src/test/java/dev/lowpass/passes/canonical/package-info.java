/** Laws of the canonicalisation passes together; what each does alone is tested by files, in the test suite. */
@NullMarked
package dev.lowpass.passes.canonical;

import org.jspecify.annotations.NullMarked;
