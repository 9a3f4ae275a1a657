/** A service over HTTP that answers with what a compiled model says: an example to begin from. */
@NullMarked
package dev.lowpass.testsuite.example.service;

import org.jspecify.annotations.NullMarked;
