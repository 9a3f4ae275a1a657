@NullMarked
package dev.lowpass.learn.sensitivity;

import org.jspecify.annotations.NullMarked;
