/** How well models answer: accuracy, agreement with a reference, divergence and error, over a set of pictures. */
@NullMarked
package dev.lowpass.cli.score;

import org.jspecify.annotations.NullMarked;
