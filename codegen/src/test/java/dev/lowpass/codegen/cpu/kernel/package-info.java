@NullMarked
package dev.lowpass.codegen.cpu.kernel;

import org.jspecify.annotations.NullMarked;
