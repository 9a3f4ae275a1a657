package dev.lowpass.codegen.emit;

import dev.lowpass.codegen.element.AxisTables;
import dev.lowpass.ir.op.Taps;
import java.util.List;

/** The weights of resampling as kernels read them. */
public final class ResizeTables {
  private ResizeTables() {}

  /** Adds the weights of one axis, output by output. */
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

  /**
   * Adds the weights of one axis, {@code lanes} neighbouring outputs together: a matrix [taps][lane] for each block,
   * whose outputs all read one window of inputs. The last block ends with the axis.
   */
  public static AxisTables addBlocks(Parameters parameters, Taps taps, int lanes) {
    int blocks = Math.ceilDiv(taps.outputs(), lanes);
    int window = 0;
    for (int block = 0; block < blocks; block++) {
      List<Taps.Sum> sums = block(taps, block, lanes);
      window = Math.max(window, end(sums) - first(sums));
    }
    int[] first = new int[blocks];
    float[] weights = new float[blocks * window * lanes];
    for (int block = 0; block < blocks; block++) {
      List<Taps.Sum> sums = block(taps, block, lanes);
      first[block] = Math.min(first(sums), taps.inputs() - window);
      for (int lane = 0; lane < lanes; lane++) {
        Taps.Sum sum = sums.get(lane);
        for (int k = 0; k < sum.weights().size(); k++) {
          int input = sum.first() + k - first[block];
          weights[(block * window + input) * lanes + lane] = sum.weights().get(k).floatValue();
        }
      }
    }
    return new AxisTables(parameters.add(first), parameters.add(weights), window);
  }

  private static List<Taps.Sum> block(Taps taps, int block, int lanes) {
    int start = Math.min(block * lanes, taps.outputs() - lanes);
    return taps.sums().subList(start, start + lanes);
  }

  private static int first(List<Taps.Sum> sums) {
    return sums.stream().mapToInt(Taps.Sum::first).min().orElseThrow();
  }

  private static int end(List<Taps.Sum> sums) {
    return sums.stream().mapToInt(Taps.Sum::end).max().orElseThrow();
  }
}
