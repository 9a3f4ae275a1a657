/** ONNX backend test cases: finding them, running them, comparing. */
@NullMarked
package dev.lowpass.cli.conformance;

import org.jspecify.annotations.NullMarked;
