/** Profiles that {@code bench --layers --json} wrote, read again. */
@NullMarked
package dev.lowpass.cli.profile;

import org.jspecify.annotations.NullMarked;
