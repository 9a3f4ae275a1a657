/** One picture: decoding it, bringing it to a network's size, and what of its samples the network sees. */
@NullMarked
package dev.lowpass.cli.data.picture;

import org.jspecify.annotations.NullMarked;
