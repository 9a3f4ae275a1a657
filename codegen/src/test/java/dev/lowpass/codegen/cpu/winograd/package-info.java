@NullMarked
package dev.lowpass.codegen.cpu.winograd;

import org.jspecify.annotations.NullMarked;
