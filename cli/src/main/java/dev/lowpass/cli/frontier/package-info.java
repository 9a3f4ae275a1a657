/** What accuracy costs in time, dense and with bands: points, their files, the table and the picture of them. */
@NullMarked
package dev.lowpass.cli.frontier;

import org.jspecify.annotations.NullMarked;
