@NullMarked
package dev.lowpass.ir.limit;

import org.jspecify.annotations.NullMarked;
