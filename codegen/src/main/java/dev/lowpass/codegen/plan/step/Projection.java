package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.op.Elementwise;
import java.util.List;
import java.util.Optional;

/** A pointwise convolution of a fused block's depthwise output. Fields as in {@link ProductStep}. */
public record Projection(
    Weights weight, Weights bias, Optional<Slot> residual, List<Elementwise> activation, Precision precision) {}
