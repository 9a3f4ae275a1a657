/**
 * What is read from files that anybody may have made, under bytes that nobody would: only our own exceptions come out,
 * in little time and memory.
 *
 * <p>Every build runs the inputs under {@code src/test/resources/dev/lowpass/testsuite/fuzz}: seeds, and whatever once
 * broke something. To search for more, a minute for each method:
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn -pl testsuite -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest='OnnxReaderFuzzTest#models'
 * </pre>
 *
 * The others are {@code IrTextFuzzTest#graphs}, {@code BandsFileFuzzTest#texts}, {@code ArtifactReaderFuzzTest#files} and
 * {@code ArtifactReaderFuzzTest#manifests}. What it finds is a file in the folder of its method, to be kept with the fix.
 */
@NullMarked
package dev.lowpass.testsuite.fuzz;

import org.jspecify.annotations.NullMarked;
