@NullMarked
package dev.lowpass.codegen.cpu.depthwise;

import org.jspecify.annotations.NullMarked;
