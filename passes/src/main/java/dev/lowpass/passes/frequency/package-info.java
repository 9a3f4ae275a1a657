/**
 * The passes that move pointwise convolutions into the frequency domain (arXiv:2109.07707): attach bands, wrap in
 * transforms, move, cancel and share transforms, truncate them, compact bands. They run in that order, with the choice
 * of forms behind the first and the order of channels before the last. Before all of them and before the canonical
 * passes, the picture itself gets its band: the input is shrunk.
 */
@NullMarked
package dev.lowpass.passes.frequency;

import org.jspecify.annotations.NullMarked;
