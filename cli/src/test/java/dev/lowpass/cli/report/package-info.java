@NullMarked
package dev.lowpass.cli.report;

import org.jspecify.annotations.NullMarked;
