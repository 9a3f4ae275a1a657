/** Graphs: nodes that apply operators to values, and what passes change about them. */
@NullMarked
package dev.lowpass.ir.graph;

import org.jspecify.annotations.NullMarked;
