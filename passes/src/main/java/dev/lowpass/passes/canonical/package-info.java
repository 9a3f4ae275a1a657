/**
 * Passes that bring every model into one form: constants folded, scales and biases in the weights, pointwise and
 * depthwise layers and activations recognised in their disguises. Each is right alone and in any order; none changes
 * what the graph computes.
 */
@NullMarked
package dev.lowpass.passes.canonical;

import org.jspecify.annotations.NullMarked;
