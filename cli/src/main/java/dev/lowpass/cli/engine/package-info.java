/** Something that runs a model: our runtime, or ONNX Runtime as the peer to compare with. */
@NullMarked
package dev.lowpass.cli.engine;

import org.jspecify.annotations.NullMarked;
