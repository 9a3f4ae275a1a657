/** The kinds of processor that code is made for, and what each must have to run it. */
@NullMarked
package dev.lowpass.codegen.processor;

import org.jspecify.annotations.NullMarked;
