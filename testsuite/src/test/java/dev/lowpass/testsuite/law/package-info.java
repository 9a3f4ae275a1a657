/**
 * Laws that hold of every graph, checked on generated ones: passes change no numbers but those that the bands give up,
 * and running them again changes nothing. {@code MobileGraph} makes the graphs.
 */
@NullMarked
package dev.lowpass.testsuite.law;

import org.jspecify.annotations.NullMarked;
