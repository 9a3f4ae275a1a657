/**
 * One class for each ONNX operator or family of operators, listed in {@link
 * dev.lowpass.ir.onnx.operator.OperatorImports}: it reads the attribute and operand forms of opsets 6 to 28 and emits
 * IR operators through {@link dev.lowpass.ir.onnx.operator.NodeImport}. What depends on constants alone is computed on
 * the way, so that shape arithmetic never reaches the graph.
 */
@NullMarked
package dev.lowpass.ir.onnx.operator;

import org.jspecify.annotations.NullMarked;
