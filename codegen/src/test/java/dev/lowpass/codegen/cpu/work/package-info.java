@NullMarked
package dev.lowpass.codegen.cpu.work;

import org.jspecify.annotations.NullMarked;
