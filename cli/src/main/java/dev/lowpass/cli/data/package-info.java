/** What goes into a model and comes out of it: npy files, sets of pictures with their classes, class scores. */
@NullMarked
package dev.lowpass.cli.data;

import org.jspecify.annotations.NullMarked;
