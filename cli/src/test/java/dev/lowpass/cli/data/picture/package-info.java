@NullMarked
package dev.lowpass.cli.data.picture;

import org.jspecify.annotations.NullMarked;
