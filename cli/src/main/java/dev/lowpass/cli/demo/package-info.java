/** The demo: text lines drawn by Java2D, and a real classifier that says which way up they are. */
@NullMarked
package dev.lowpass.cli.demo;

import org.jspecify.annotations.NullMarked;
