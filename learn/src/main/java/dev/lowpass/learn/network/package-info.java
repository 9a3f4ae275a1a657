/**
 * Graphs as differentiable functions: {@link dev.lowpass.learn.network.Network} computes one on batches with PyTorch
 * under DJL, so that gradients of its weights, of what its layers read, and of thresholds can be had. One class a
 * family of operators.
 */
@NullMarked
package dev.lowpass.learn.network;

import org.jspecify.annotations.NullMarked;
