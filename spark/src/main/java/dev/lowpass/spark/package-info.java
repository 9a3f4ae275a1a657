/**
 * Scoring with compiled artifacts in Spark jobs: {@link dev.lowpass.spark.Lowpass} for datasets, {@link
 * dev.lowpass.spark.LowpassTransformer} for pipelines of Spark ML. The engine is Spark's; here is what a task does with
 * its rows. An executor loads an artifact once, whatever it is asked for, and its tasks run sessions of that model.
 */
@NullMarked
package dev.lowpass.spark;

import org.jspecify.annotations.NullMarked;
