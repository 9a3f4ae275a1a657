@NullMarked
package dev.lowpass.codegen.plan.value;

import org.jspecify.annotations.NullMarked;
