/** The {@code lowpass} command: one class a subcommand, and how they talk to a terminal. */
@NullMarked
package dev.lowpass.cli;

import org.jspecify.annotations.NullMarked;
