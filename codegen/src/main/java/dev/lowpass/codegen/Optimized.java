package dev.lowpass.codegen;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.passes.pass.Pipeline;
import dev.lowpass.passes.pass.Report;

/**
 * What passes made of a graph.
 *
 * @param pipeline the passes that ran
 * @param report what they had to tell; there is a prediction in it
 */
record Optimized(Graph graph, Pipeline pipeline, Report report) {}
