@NullMarked
package dev.lowpass.learn;

import org.jspecify.annotations.NullMarked;
