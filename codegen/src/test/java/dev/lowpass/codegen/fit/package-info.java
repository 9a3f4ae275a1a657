@NullMarked
package dev.lowpass.codegen.fit;

import org.jspecify.annotations.NullMarked;
