/** A graph for eyes: Graphviz, and what pictures are written with. */
@NullMarked
package dev.lowpass.cli.view;

import org.jspecify.annotations.NullMarked;
