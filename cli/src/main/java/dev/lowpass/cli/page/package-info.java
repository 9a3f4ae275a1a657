/** The web pages that {@code lowpass inspect --html} prints: their sections, and the page around them. */
@NullMarked
package dev.lowpass.cli.page;

import org.jspecify.annotations.NullMarked;
