@NullMarked
package dev.lowpass.cli.data;

import org.jspecify.annotations.NullMarked;
