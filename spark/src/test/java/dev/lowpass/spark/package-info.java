/** Jobs on a local Spark and on a cluster of processes, against the runtime by itself. */
@NullMarked
package dev.lowpass.spark;

import org.jspecify.annotations.NullMarked;
