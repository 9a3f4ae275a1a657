package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.ir.op.Window;

/** A general convolution without groups as producer. Fields as in {@link ConvolutionStep}. */
public record Stem(Window window, Weights weight, Weights bias) implements Producer {}
