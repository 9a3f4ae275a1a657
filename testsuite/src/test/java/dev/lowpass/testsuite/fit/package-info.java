/**
 * The program that fits the cost model to this machine: {@code FitCosts} compiles {@code Workload}s, {@code Stopwatch}
 * measures their steps in sequence, {@code RelativeFit} finds the constants. How to run it: {@code
 * docs/performance.md}.
 */
@NullMarked
package dev.lowpass.testsuite.fit;

import org.jspecify.annotations.NullMarked;
