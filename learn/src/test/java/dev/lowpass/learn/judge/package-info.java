@NullMarked
package dev.lowpass.learn.judge;

import org.jspecify.annotations.NullMarked;
