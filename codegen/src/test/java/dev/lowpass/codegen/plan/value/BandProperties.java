package dev.lowpass.codegen.plan.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Bands;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Staircases of bands. */
class BandProperties {
  private static final int SIZE = 9;

  @Provide
  Arbitrary<Bands> bands() {
    return Arbitraries.integers().between(0, SIZE).list().ofMinSize(1).ofMaxSize(40).map(Bands::new);
  }

  @Example
  void aStaircaseHasOneStepForEachLength() {
    assertThat(Band.staircase(new Bands(List.of(9, 4, 4, 1)), SIZE))
        .containsExactly(new Band(0, 1, 4), new Band(1, 4, 3), new Band(4, 9, 1));
    assertThat(Band.staircase(new Bands(List.of(2, 0)), SIZE)).containsExactly(new Band(0, 2, 1), new Band(2, 9, 0));
  }

  @Property
  void aStaircaseCoversEveryGroupOnceAndFalls(@ForAll("bands") Bands bands) {
    int next = 0;
    int before = Integer.MAX_VALUE;
    for (Band band : Band.staircase(bands, SIZE)) {
      assertThat(band.from()).isEqualTo(next);
      assertThat(band.to()).isGreaterThan(band.from());
      assertThat(band.channels()).isLessThan(before);
      next = band.to();
      before = band.channels();
    }
    assertThat(next).isEqualTo(SIZE);
  }

  @Property
  void whatIsKeptIsRead(@ForAll("bands") Bands bands) {
    for (Band band : Band.staircase(bands, SIZE)) {
      for (int c = band.channels(); c < bands.channels(); c++) {
        assertThat(bands.of(c)).as("channel %d in %s", c, band).isLessThanOrEqualTo(band.from());
      }
    }
  }

  @Property
  void ofSortedChannelsNothingElseIsRead(@ForAll("bands") Bands bands) {
    Bands sorted = new Bands(bands.keep().stream().sorted(Comparator.reverseOrder()).toList());
    for (Band band : Band.staircase(sorted, SIZE)) {
      assertThat(band.channels()).isEqualTo(sorted.channelsAt(band.from()));
    }
    assertThat(Band.readsTooMuch(sorted, Bands.full(sorted.channels(), SIZE))).isFalse();
  }

  @Property
  void ofUnsortedChannelsTooMuchIsReadUnlessItIsZeroAnyway(@ForAll("bands") Bands bands) {
    assertThat(Band.readsTooMuch(bands, Bands.full(bands.channels(), SIZE))).isEqualTo(!bands.isSorted());
    assertThat(Band.readsTooMuch(bands, bands)).isFalse();
  }
}
