@NullMarked
package dev.lowpass.cli.conformance;

import org.jspecify.annotations.NullMarked;
