@NullMarked
package dev.lowpass.codegen.tune;

import org.jspecify.annotations.NullMarked;
