package dev.lowpass.learn.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.bands.BandsFile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TimeModelTest {
  private static BandsFile halves() {
    SequencedMap<String, BandLimit> limits = new LinkedHashMap<>();
    Invented.LAYERS.forEach(layer -> limits.put(layer.name(), layer.limit(half(layer.channels(), layer.coefficients()))));
    return new BandsFile(limits);
  }

  private static int[] half(int channels, int coefficients) {
    int[] keep = new int[channels];
    Arrays.fill(keep, coefficients / 2);
    return keep;
  }

  /** Near a cut that was measured, less may be lost than at it, and a small price makes that outweigh all time. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aCostBelowNothingDoesNotKeepTheSearchGoing() {
    Set<String> best = Invented.TIMES.best(halves(), _ -> 0);
    assertThat(Invented.TIMES.best(halves(), _ -> -1e6)).isEqualTo(best);
  }
}
