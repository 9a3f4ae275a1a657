/**
 * Passes about the channels of images: which axes count them, in which order they lie, which of them are always zero.
 */
@NullMarked
package dev.lowpass.passes.channels;

import org.jspecify.annotations.NullMarked;
