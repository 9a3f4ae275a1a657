@NullMarked
package dev.lowpass.cli.score;

import org.jspecify.annotations.NullMarked;
