@NullMarked
package dev.lowpass.learn.train;

import org.jspecify.annotations.NullMarked;
