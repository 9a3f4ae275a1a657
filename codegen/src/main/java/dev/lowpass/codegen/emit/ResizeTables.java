package dev.lowpass.codegen.emit;

import dev.lowpass.codegen.element.AxisTables;
import dev.lowpass.ir.op.Taps;
import java.util.List;

/** The weights of resampling as functions of elements read them. */
public final class ResizeTables {
  private ResizeTables() {}

  /** Adds the weights of one axis. */
  public static AxisTables add(Parameters parameters, Taps taps) {
    List<Taps.Sum> sums = taps.even().sums();
    int[] first = sums.stream().mapToInt(Taps.Sum::first).toArray();
    float[] weights = new float[sums.size() * taps.longest()];
    int at = 0;
    for (Taps.Sum sum : sums) {
      for (double weight : sum.weights()) {
        weights[at++] = (float) weight;
      }
    }
    return new AxisTables(parameters.add(first), parameters.add(weights), taps.longest());
  }
}
