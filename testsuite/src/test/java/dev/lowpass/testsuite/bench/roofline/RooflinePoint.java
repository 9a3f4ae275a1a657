package dev.lowpass.testsuite.bench.roofline;

import dev.lowpass.codegen.plan.StepWork;
import dev.lowpass.codegen.plan.step.ArgChannelsStep;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.plan.step.PoolStep;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.ResizeStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.step.TransformStep;
import java.util.Locale;

/**
 * A step under the roofs.
 *
 * @param number its place in the network, from 1
 * @param name the layers it stands for
 * @param kind what it is
 * @param work what it has to do
 * @param microseconds what it took
 */
record RooflinePoint(int number, String name, Kind kind, StepWork work, double microseconds) {
  /** Steps of one colour. */
  enum Kind {
    BLOCK("block, strip by strip"),
    DEPTHWISE("expansion + depthwise"),
    PRODUCT("product"),
    OTHER("other");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    String style() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(Step step) {
      return switch (step) {
        case BlockStep _ -> BLOCK;
        case DepthwiseStep _ -> DEPTHWISE;
        case ProductStep _ -> PRODUCT;
        case TransformStep _, ConvolutionStep _, PoolStep _, ResizeStep _, ExpressionStep _, GeneralStep _, ArgChannelsStep _,
                CombineStep _, NormalizeStep _, MultiplyStep _, MoveStep _ ->
            OTHER;
      };
    }
  }

  /** GFLOP/s. */
  double gigaflops() {
    return work.flops() / microseconds / 1e3;
  }
}
