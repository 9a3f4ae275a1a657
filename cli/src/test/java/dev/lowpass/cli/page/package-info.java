@NullMarked
package dev.lowpass.cli.page;

import org.jspecify.annotations.NullMarked;
