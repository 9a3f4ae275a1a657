/** Tables and texts for people, JSON for programs, and the terminal that both go to. */
@NullMarked
package dev.lowpass.cli.report;

import org.jspecify.annotations.NullMarked;
