package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.ir.Precision;
import java.util.List;

/** A pointwise convolution as producer. Fields as in {@link ProductStep}. */
public record Expansion(Weights weight, Weights bias, List<Band> bands, Precision precision) implements Producer {}
