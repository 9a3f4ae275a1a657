package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Band;
import java.util.List;

/** A pointwise convolution as producer. Fields as in {@link ProductStep}. */
public record Expansion(float[] weight, float[] bias, List<Band> bands) implements Producer {}
