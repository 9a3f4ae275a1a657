package dev.lowpass.codegen.cpu.depthwise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.cpu.kernel.map.Masks;
import dev.lowpass.ir.Bands;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Truncation levels of slabs, and masks within them. */
class LevelsProperties {
  private static final int SIZE = 49;

  @Provide
  Arbitrary<Bands> bands() {
    return Arbitraries.integers().between(0, SIZE).list().ofMinSize(1).ofMaxSize(200).map(Bands::new);
  }

  @Property
  void everySlabKeepsAtLeastWhatItsChannelsKeep(
      @ForAll("bands") Bands bands, @ForAll @IntRange(min = 1, max = 9) int most) {
    Levels levels = Levels.of(bands, most);
    assertThat(levels.distinct()).hasSizeLessThanOrEqualTo(most).isSorted().doesNotHaveDuplicates().doesNotContain(0);
    for (int c = 0; c < bands.channels(); c++) {
      int level = levels.ofSlab()[c / 16];
      assertThat(level < 0 ? 0 : levels.distinct().get(level)).isGreaterThanOrEqualTo(bands.of(c));
    }
  }

  @Property
  void masksHaveOnesForWhatIsKept(@ForAll("bands") Bands bands) {
    float[] masks = Masks.of(bands, SIZE);
    int ones = 0;
    for (int i = 0; i < masks.length; i++) {
      int channel = i / (SIZE * 16) * 16 + i % 16;
      int coefficient = i / 16 % SIZE;
      assertThat(masks[i]).isEqualTo(channel < bands.channels() && coefficient < bands.of(channel) ? 1 : 0);
      ones += (int) masks[i];
    }
    assertThat(ones).isEqualTo(bands.keep().stream().mapToInt(Integer::intValue).sum());
  }
}
