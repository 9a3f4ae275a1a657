/** Tests of pipelines as text. What passes do is tested by files, in the test suite. */
@NullMarked
package dev.lowpass.passes;

import org.jspecify.annotations.NullMarked;
