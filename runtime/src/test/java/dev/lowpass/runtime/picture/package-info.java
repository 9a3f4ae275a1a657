@NullMarked
package dev.lowpass.runtime.picture;

import org.jspecify.annotations.NullMarked;
