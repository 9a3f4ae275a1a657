/** What this machine has for compiling and running, and what each missing thing would take. */
@NullMarked
package dev.lowpass.cli.doctor;

import org.jspecify.annotations.NullMarked;
