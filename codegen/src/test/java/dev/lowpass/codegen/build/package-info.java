@NullMarked
package dev.lowpass.codegen.build;

import org.jspecify.annotations.NullMarked;
