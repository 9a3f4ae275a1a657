/** What the tests of the examples have in common. */
@NullMarked
package dev.lowpass.testsuite.example;

import org.jspecify.annotations.NullMarked;
