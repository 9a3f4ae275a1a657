@NullMarked
package dev.lowpass.codegen.temporary;

import org.jspecify.annotations.NullMarked;
