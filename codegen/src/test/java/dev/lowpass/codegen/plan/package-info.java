/** Tests of planning: what is fused, how bands become staircases, where values lie in memory. */
@NullMarked
package dev.lowpass.codegen.plan;

import org.jspecify.annotations.NullMarked;
