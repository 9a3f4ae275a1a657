/**
 * The intermediate representation: SSA graphs of typed values, where a type says whether the data is spatial or a block
 * DCT. Graphs live in {@code graph} and are read-only; a pass describes a {@link dev.lowpass.ir.graph.Rewrite} and
 * {@link dev.lowpass.ir.graph.Graph#apply} carries it out. Operators live in {@code op}, the text format in {@code
 * text}, the bands file in {@code bands}, ONNX in {@code onnx}.
 */
@NullMarked
package dev.lowpass.ir;

import org.jspecify.annotations.NullMarked;
