@NullMarked
package dev.lowpass.cli.view;

import org.jspecify.annotations.NullMarked;
