package dev.lowpass.testsuite.bench;

import dev.lowpass.codegen.plan.Step;
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
        case Step.FusedBlock _ -> BLOCK;
        case Step.FusedDepthwise _ -> DEPTHWISE;
        case Step.Product _ -> PRODUCT;
        case Step.Transform _, Step.Convolve _, Step.Pool _, Step.Map _, Step.Combine _, Step.Normalize _,
                Step.Multiply _, Step.Move _ ->
            OTHER;
      };
    }
  }

  /** GFLOP/s. */
  double gigaflops() {
    return work.flops() / microseconds / 1e3;
  }
}
