/** What workers round to bfloat16 before they multiply it, and steps that are made so as a whole. */
@NullMarked
package dev.lowpass.codegen.cpu.rounded;

import org.jspecify.annotations.NullMarked;
