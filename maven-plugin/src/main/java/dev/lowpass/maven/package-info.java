/**
 * The goal {@code lowpass:compile-models}. It runs in Maven's JVM, which may be older than the compiler takes: a
 * {@link dev.lowpass.maven.CompilerProcess} on a newer JDK does the work, a {@link dev.lowpass.maven.Stamp} says whether
 * there is any.
 */
@NullMarked
package dev.lowpass.maven;

import org.jspecify.annotations.NullMarked;
