/**
 * Whole models, compiled: what they compute against ONNX Runtime, that compiling is repeatable, and how they live
 * together in one virtual machine. {@code CompiledModel} compiles and runs them.
 */
@NullMarked
package dev.lowpass.testsuite.compiled;

import org.jspecify.annotations.NullMarked;
