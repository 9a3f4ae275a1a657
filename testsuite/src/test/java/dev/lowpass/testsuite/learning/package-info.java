/** Networks to be trained, against the interpreter and against compiled ones. */
@NullMarked
package dev.lowpass.testsuite.learning;

import org.jspecify.annotations.NullMarked;
