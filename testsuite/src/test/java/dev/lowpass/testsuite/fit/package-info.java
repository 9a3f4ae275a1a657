/**
 * Programs that compare what the cost model predicts with what is measured: {@code CompareRatios} whole networks,
 * {@code CompareForms} each stretch of one. How to run them: {@code docs/performance.md}.
 */
@NullMarked
package dev.lowpass.testsuite.fit;

import org.jspecify.annotations.NullMarked;
