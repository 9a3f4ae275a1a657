/** ONNX's own backend cases, where they are beside the checkout, and small models made after public bug reports. */
@NullMarked
package dev.lowpass.testsuite.conformance;

import org.jspecify.annotations.NullMarked;
