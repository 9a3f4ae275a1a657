/**
 * Which nodes of a graph become one kernel. The first of two phases: here nodes are grouped, and {@link
 * dev.lowpass.codegen.plan.Lowering} makes a step of each group.
 */
@NullMarked
package dev.lowpass.codegen.plan.fusion;

import org.jspecify.annotations.NullMarked;
