@NullMarked
package dev.lowpass.learn.answer;

import org.jspecify.annotations.NullMarked;
