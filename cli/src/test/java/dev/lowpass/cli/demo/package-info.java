@NullMarked
package dev.lowpass.cli.demo;

import org.jspecify.annotations.NullMarked;
