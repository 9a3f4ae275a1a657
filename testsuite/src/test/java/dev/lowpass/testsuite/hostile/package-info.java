/**
 * Files that are cut short, damaged, made for something else or not there: one line for the user, the right exit code,
 * no crash, and nothing left behind. {@code Attempt} runs the command on them.
 */
@NullMarked
package dev.lowpass.testsuite.hostile;

import org.jspecify.annotations.NullMarked;
