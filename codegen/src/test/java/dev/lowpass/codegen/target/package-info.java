@NullMarked
package dev.lowpass.codegen.target;

import org.jspecify.annotations.NullMarked;
