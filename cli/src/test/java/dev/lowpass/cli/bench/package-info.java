@NullMarked
package dev.lowpass.cli.bench;

import org.jspecify.annotations.NullMarked;
