/** The {@code lowpass} command's subcommands, one class each: options in, a report out, errors as exceptions. */
@NullMarked
package dev.lowpass.cli.command;

import org.jspecify.annotations.NullMarked;
