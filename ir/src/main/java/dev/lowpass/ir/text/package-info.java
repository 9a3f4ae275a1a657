/**
 * The text of graphs, for tests and for people: {@link dev.lowpass.ir.text.IrText} reads and prints it,
 * {@link dev.lowpass.ir.text.IrFile} keeps it in a file with large constants in a
 * {@link dev.lowpass.ir.text.WeightsFile} beside it. The grammar is {@code Ir.g4}.
 */
@NullMarked
package dev.lowpass.ir.text;

import org.jspecify.annotations.NullMarked;
