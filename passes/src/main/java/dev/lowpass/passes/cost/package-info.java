/**
 * What running a graph costs: {@link dev.lowpass.passes.cost.WorkCounter} counts amounts of
 * {@link dev.lowpass.passes.cost.CostTerm}s, a {@link dev.lowpass.passes.cost.PricedModel} multiplies them by measured
 * prices.
 */
@NullMarked
package dev.lowpass.passes.cost;

import org.jspecify.annotations.NullMarked;
