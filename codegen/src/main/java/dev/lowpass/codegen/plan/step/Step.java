package dev.lowpass.codegen.plan.step;

import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Weights;
import dev.lowpass.ir.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One kernel of a plan. Steps run in order; each writes one slot and reads slots that earlier ones wrote. Weights are
 * in the order of the operators in {@code ir}; an emitter packs them as it likes.
 */
public sealed interface Step
    permits ProductStep,
        BlockStep,
        DepthwiseStep,
        TransformStep,
        ConvolutionStep,
        PoolStep,
        ResizeStep,
        ExpressionStep,
        GeneralStep,
        ArgChannelsStep,
        CombineStep,
        NormalizeStep,
        MultiplyStep,
        MoveStep {
  /** The layer it stands for, as the user knows it. */
  String name();

  Slot output();

  List<Slot> reads();

  /** What it is, in the field's words, for tables. */
  String kind();

  /** The shapes of what it reads first and of its output. */
  default String shapes() {
    return reads().getFirst().shape() + " -> " + output().shape();
  }

  /** Multiply-adds that it executes, transforms not counted. */
  default long multiplyAdds() {
    return 0;
  }

  /** {@code kind} of a step whose products round, where {@code precision} says so. */
  static String kind(String kind, Precision precision) {
    return precision == Precision.FLOAT32 ? kind : kind + ", " + precision;
  }

  /** What a step with one input and perhaps a residual reads. */
  static List<Slot> with(Slot input, Optional<Slot> residual) {
    List<Slot> reads = new ArrayList<>(List.of(input));
    residual.ifPresent(reads::add);
    return reads;
  }
}
