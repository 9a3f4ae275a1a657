@NullMarked
package dev.lowpass.codegen.cpu.choice;

import org.jspecify.annotations.NullMarked;
