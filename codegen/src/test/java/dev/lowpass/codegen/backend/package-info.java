@NullMarked
package dev.lowpass.codegen.backend;

import org.jspecify.annotations.NullMarked;
