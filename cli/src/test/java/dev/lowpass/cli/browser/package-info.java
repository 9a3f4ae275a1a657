@NullMarked
package dev.lowpass.cli.browser;

import org.jspecify.annotations.NullMarked;
