/** A graph for eyes: text, Graphviz and a page that needs nothing else. */
@NullMarked
package dev.lowpass.cli.view;

import org.jspecify.annotations.NullMarked;
