@NullMarked
package dev.lowpass.ir.file;

import org.jspecify.annotations.NullMarked;
