/**
 * Steps as functions of one element (or one row) of their output: plain expressions over arenas, without tiles or
 * vectors. A processor runs them in loops where nothing is hot, a GPU one a work-item.
 */
@NullMarked
package dev.lowpass.codegen.element;

import org.jspecify.annotations.NullMarked;
