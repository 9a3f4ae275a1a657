/**
 * Finding what a model can do without. {@code Calibrator} finds a size of the picture and bands for a model as it is,
 * {@code Learner} trains its weights and thresholds together; both are given examples, a machine and its prices, and
 * answer with a {@code Candidate}. {@code SizedNetwork} is the model at one size, for both.
 */
@NullMarked
package dev.lowpass.learn;

import org.jspecify.annotations.NullMarked;
