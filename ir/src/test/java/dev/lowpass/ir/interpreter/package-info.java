/**
 * Tests of the reference interpreter: each operator on a case worked out by hand, and the laws that tie the two domains
 * together. Graphs are put together with {@link dev.lowpass.ir.interpreter.SmallGraph}, not parsed, so that the text
 * format and the interpreter can fail separately.
 */
@NullMarked
package dev.lowpass.ir.interpreter;

import org.jspecify.annotations.NullMarked;
