@NullMarked
package dev.lowpass.learn.choice;

import org.jspecify.annotations.NullMarked;
