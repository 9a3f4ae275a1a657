@NullMarked
package dev.lowpass.cli.frontier;

import org.jspecify.annotations.NullMarked;
