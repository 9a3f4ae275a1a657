/** A job of Apache Flink that answers with what a compiled model says: an example to begin from. */
@NullMarked
package dev.lowpass.testsuite.example.flink;

import org.jspecify.annotations.NullMarked;
