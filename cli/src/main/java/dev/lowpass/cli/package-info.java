/**
 * The {@code lowpass} command: {@code command} has a class for each subcommand, {@code option} what they are asked,
 * {@code report} what they say, {@code failure} how they fail; the other rooms do the work. Arrows run from commands
 * downwards; nothing uses this package.
 */
@NullMarked
package dev.lowpass.cli;

import org.jspecify.annotations.NullMarked;
