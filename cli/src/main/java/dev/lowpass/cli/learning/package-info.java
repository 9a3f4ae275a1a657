/**
 * What {@code calibrate} and {@code learn} have in common: a model and pictures to learn from, and what becomes of a
 * candidate: a file, a measurement, a frontier.
 */
@NullMarked
package dev.lowpass.cli.learning;

import org.jspecify.annotations.NullMarked;
