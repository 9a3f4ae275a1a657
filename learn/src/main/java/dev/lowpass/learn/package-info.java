/**
 * Finding what each channel of each layer keeps. {@code SearchScope} says what is searched, {@code OutputLoss} what
 * counts as a loss, a {@code CandidateEvaluator} what a set of bands costs in it, {@code BandSearch} finds one.
 */
@NullMarked
package dev.lowpass.learn;

import org.jspecify.annotations.NullMarked;
