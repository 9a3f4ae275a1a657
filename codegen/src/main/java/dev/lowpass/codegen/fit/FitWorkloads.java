package dev.lowpass.codegen.fit;

import dev.lowpass.codegen.fit.SyntheticNetworks.Stage;
import dev.lowpass.ir.graph.Graph;
import java.util.List;

/**
 * What prices are fitted to: few networks, since compiling them takes most of the time, but all kinds of blocks on maps
 * of all sizes, dense and with bands of several lengths. None is a network that people use, so that those can tell how
 * well prices predict.
 */
final class FitWorkloads {
  private FitWorkloads() {}

  static List<Workload> all() {
    Graph widening =
        SyntheticNetworks.widening(
            "widening",
            224,
            16,
            6,
            List.of(
                new Stage(24, 2, 2),
                new Stage(40, 2, 1),
                new Stage(72, 2, 2),
                new Stage(112, 1, 1),
                new Stage(176, 2, 2),
                new Stage(336, 1, 1)),
            1152);
    Graph wide =
        SyntheticNetworks.wide(
            "wide",
            224,
            16,
            List.of(
                new Stage(48, 1, 1),
                new Stage(80, 2, 1),
                new Stage(160, 2, 1),
                new Stage(448, 2, 2),
                new Stage(896, 2, 2)));
    Graph narrowing =
        SyntheticNetworks.narrowing(
            "narrowing",
            224,
            48,
            List.of(new Stage(192, 1, 1), new Stage(384, 2, 1), new Stage(768, 2, 2), new Stage(1536, 2, 1)));
    return List.of(
        Workload.of(widening, Workload.DENSE),
        Workload.of(widening, "square-7-0.5"),
        Workload.of(wide, Workload.DENSE),
        Workload.of(wide, "zigzag-7-0.4-0.25"),
        Workload.of(narrowing, Workload.DENSE),
        Workload.of(narrowing, "square-7-0.35"));
  }
}
