/**
 * Networks that people bring, as exporters write them, made here with seeded weights: true in their structure, small in
 * depth, width and picture. {@code TestNetworks} has all; {@code Network} and what it uses write ONNX models, and the
 * other classes are families of architectures.
 */
@NullMarked
package dev.lowpass.testsuite.networks;

import org.jspecify.annotations.NullMarked;
