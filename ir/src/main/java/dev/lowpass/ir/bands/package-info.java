/**
 * The bands file, in which thresholds travel when they are not in the ONNX file itself; as an ONNX metadata property
 * the text is the same. {@link dev.lowpass.ir.bands.BandsFile} is the content, the grammar is {@code Bands.g4}.
 */
@NullMarked
package dev.lowpass.ir.bands;

import org.jspecify.annotations.NullMarked;
