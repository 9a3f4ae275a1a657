/**
 * The passes that move pointwise convolutions into the frequency domain (arXiv:2109.07707): attach bands, choose forms
 * by cost, wrap in transforms, move, cancel and share transforms, truncate them, order channels, compact bands. They
 * run in that order.
 */
@NullMarked
package dev.lowpass.passes.frequency;

import org.jspecify.annotations.NullMarked;
