/**
 * Passes that bring every model into one form: constants folded, scales and biases in the weights, pointwise and
 * depthwise layers and activations recognised in their disguises. Each is right alone and in any order; none changes
 * what the graph computes. {@link dev.lowpass.passes.canonical.DropDeadChannels} is of that kind too, but changes how
 * many channels layers have, so pipelines run it last.
 */
@NullMarked
package dev.lowpass.passes.canonical;

import org.jspecify.annotations.NullMarked;
