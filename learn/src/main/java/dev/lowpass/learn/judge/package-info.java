/** How good a changed network is on pictures that it did not learn from. */
@NullMarked
package dev.lowpass.learn.judge;

import org.jspecify.annotations.NullMarked;
