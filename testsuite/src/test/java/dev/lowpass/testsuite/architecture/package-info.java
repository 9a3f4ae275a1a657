/**
 * The walls of the design as tests: which module may use which, where TVM is touched, and how classes look. A rule that
 * is in the way is a decision to change, not a test to delete.
 */
@NullMarked
package dev.lowpass.testsuite.architecture;

import org.jspecify.annotations.NullMarked;
