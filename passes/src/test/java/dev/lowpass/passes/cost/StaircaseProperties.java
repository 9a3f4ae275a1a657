package dev.lowpass.passes.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Bands;
import dev.lowpass.passes.machine.Machines;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What rounding bands to a staircase promises, for all bands and options. */
class StaircaseProperties {
  @Property
  void roundsUpToFewDescendingStepsOnce(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 49) Integer> keep,
      @ForAll @IntRange(min = 1, max = 10) int max,
      @ForAll @IntRange(min = 1, max = 4) int granularity,
      @ForAll @IntRange(min = 1, max = 14) int tile,
      @ForAll @IntRange(min = 1, max = 20) int blocks) {
    Staircase staircase = new Staircase(max, granularity, tile);
    Bands bands = new Bands(keep);
    Bands rounded = staircase.round(bands, blocks);
    assertThat(rounded.covers(bands)).isTrue();
    assertThat(rounded.isSorted()).isTrue();
    assertThat(rounded.longest()).isEqualTo(bands.longest());
    assertThat(rounded.keep().stream().filter(kept -> kept > 0).distinct().count()).isLessThanOrEqualTo(max);
    assertThat(staircase.round(rounded, blocks)).isEqualTo(rounded);
    for (int j = 0; j < rounded.longest(); j++) {
      int channels = rounded.channelsAt(j);
      assertThat(channels % granularity == 0 || channels == rounded.channels()).isTrue();
    }
  }

  @Example
  void cutsWhereItSavesMost() {
    Bands bands = new Bands(List.of(49, 48, 10, 9, 9, 8));
    assertThat(new Staircase(2, 2, 1).round(bands, 16)).isEqualTo(new Bands(List.of(49, 49, 10, 10, 10, 10)));
    assertThat(new Staircase(1, 2, 1).round(bands, 16)).isEqualTo(Bands.full(6, 49));
  }

  /** Two runs of six rows fill two tiles of AVX2, and less than one of AVX-512. */
  @Example
  void roundsForTheTileOfTheMachine() {
    List<Integer> keep = new ArrayList<>(Collections.nCopies(32, 12));
    keep.addAll(Collections.nCopies(32, 6));
    assertThat(Staircase.of(Machines.AVX2).round(new Bands(keep), 1)).isEqualTo(new Bands(keep));
    assertThat(Staircase.of(Machines.AVX512).round(new Bands(keep), 1)).isEqualTo(Bands.full(64, 12));
  }

  @Example
  void doesNotCutTilesThatAreNotFilled() {
    Bands bands = new Bands(List.of(14, 8, 8, 8));
    assertThat(new Staircase(8, 2, 14).round(bands, 1)).isEqualTo(Bands.full(4, 14));
  }
}
