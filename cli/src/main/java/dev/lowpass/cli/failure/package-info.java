/** What goes wrong becomes one line and an exit code; a bug of ours also a file to report. */
@NullMarked
package dev.lowpass.cli.failure;

import org.jspecify.annotations.NullMarked;
