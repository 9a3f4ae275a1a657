@NullMarked
package dev.lowpass.codegen.processor;

import org.jspecify.annotations.NullMarked;
