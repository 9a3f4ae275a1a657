/** Measuring latency: interleaved rounds, medians, paired ratios. */
@NullMarked
package dev.lowpass.cli.bench;

import org.jspecify.annotations.NullMarked;
