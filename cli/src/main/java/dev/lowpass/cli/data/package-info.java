/** What goes into a model and comes out of it: npy files, pictures, labels, class scores. */
@NullMarked
package dev.lowpass.cli.data;

import org.jspecify.annotations.NullMarked;
