/**
 * Whole models against ONNX Runtime, which is the oracle here: {@code TestModel} finds a model, {@code OnnxRuntimePeer}
 * runs it there. Models beyond those that Maven brings lie in a folder {@code shared} beside the checkout, or where the
 * environment variable LOWPASS_SHARED says; tests that need it skip where it is absent.
 */
@NullMarked
package dev.lowpass.testsuite.model;

import org.jspecify.annotations.NullMarked;
