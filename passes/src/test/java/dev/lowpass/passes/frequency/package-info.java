/**
 * The laws of the frequency passes on random networks, and what they make of a real one. Single situations are file
 * tests.
 */
@NullMarked
package dev.lowpass.passes.frequency;

import org.jspecify.annotations.NullMarked;
