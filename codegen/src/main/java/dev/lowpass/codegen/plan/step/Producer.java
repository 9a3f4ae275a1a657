package dev.lowpass.codegen.plan.step;

/** What makes the map that a fused depthwise convolution reads, before the functions in between. */
public sealed interface Producer permits Expansion, Stem {}
