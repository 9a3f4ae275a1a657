/**
 * The intermediate representation: SSA graphs of typed values, where a type says whether the data is spatial or a block
 * DCT. Graphs are read-only; a pass describes a {@link dev.lowpass.ir.Rewrite} and {@link dev.lowpass.ir.Graph#apply}
 * carries it out. Operators live in {@code op}, the text format in {@code text}, the bands file in {@code bands}, ONNX
 * in {@code onnx}.
 */
@NullMarked
package dev.lowpass.ir;

import org.jspecify.annotations.NullMarked;
