/** Draws how near the steps of a model come to what the machine can do at most. */
@NullMarked
package dev.lowpass.testsuite.bench.roofline;

import org.jspecify.annotations.NullMarked;
