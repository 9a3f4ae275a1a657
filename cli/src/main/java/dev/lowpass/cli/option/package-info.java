/** Options of the commands, each block once: what is written on a command line, and what it means. */
@NullMarked
package dev.lowpass.cli.option;

import org.jspecify.annotations.NullMarked;
