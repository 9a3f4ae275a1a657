@NullMarked
package dev.lowpass.cli;

import org.jspecify.annotations.NullMarked;
