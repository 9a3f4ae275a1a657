/**
 * Chooses how each step is made: as the machine model says, as an artifact records, or by timing alternatives on this
 * machine, with a cache of times between compilations.
 */
@NullMarked
package dev.lowpass.codegen.tune;

import org.jspecify.annotations.NullMarked;
