/** Thresholds for all layers together: those that lose least for the time that they save on a machine. */
@NullMarked
package dev.lowpass.learn.choice;

import org.jspecify.annotations.NullMarked;
