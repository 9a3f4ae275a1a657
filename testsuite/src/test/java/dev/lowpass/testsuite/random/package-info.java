/**
 * Random networks of all operators: {@code Draft} grows one from a seed, {@code Trial} compiles it in a random way and
 * compares it with the reference and with ONNX Runtime, {@code Campaign} does so as often as one likes and makes what
 * fails small.
 */
@NullMarked
package dev.lowpass.testsuite.random;

import org.jspecify.annotations.NullMarked;
