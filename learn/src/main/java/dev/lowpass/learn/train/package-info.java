/** Training of weights and thresholds together, with the price of what is retained in the loss (arXiv:2109.07707). */
@NullMarked
package dev.lowpass.learn.train;

import org.jspecify.annotations.NullMarked;
