/** The web pages that {@code lowpass inspect --html} prints: what is in them, section by section, and the page around. */
@NullMarked
package dev.lowpass.cli.page;

import org.jspecify.annotations.NullMarked;
