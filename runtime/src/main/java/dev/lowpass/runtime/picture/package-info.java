/**
 * One picture: decoding it, bringing it to a network's size, and what of its samples the network sees. For programs
 * that have pictures where others have tensors; needs the JDK's module {@code java.desktop} and nothing else of ours.
 */
@NullMarked
package dev.lowpass.runtime.picture;

import org.jspecify.annotations.NullMarked;
