package dev.lowpass.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PictureSetTest {
  private static PictureSet of(int count) {
    return new PictureSet(
        Path.of("set"),
        IntStream.range(0, count).mapToObj(i -> new PictureSet.Entry(Path.of(i + ".jpg"), i)).toList());
  }

  private static List<Integer> labels(PictureSet set) {
    return set.entries().stream().map(entry -> entry.label().orElseThrow()).toList();
  }

  @Test
  void aLimitSpreadsOverAll() {
    assertThat(labels(of(4).limited(2))).containsExactly(0, 2);
    assertThat(labels(of(10).limited(3))).containsExactly(0, 3, 6);
    assertThat(of(4).limited(9)).isEqualTo(of(4));
  }

  @Test
  void aSplitParts() {
    PictureSet whole = of(100);
    PictureSet.Split split = whole.split(20, 7);
    assertThat(split.heldOut().size()).isEqualTo(20);
    List<Integer> both = new ArrayList<>(labels(split.rest()));
    both.addAll(labels(split.heldOut()));
    assertThat(both).containsExactlyInAnyOrderElementsOf(labels(whole));
    assertThat(labels(split.rest())).isSorted();
    assertThat(labels(split.heldOut())).isSorted();
  }

  /** What was held out once has to be held out again in later versions: the last line is what the first one chose. */
  @Test
  void aSplitFollowsItsSeedAlone() {
    assertThat(of(100).split(20, 7)).isEqualTo(of(100).split(20, 7));
    assertThat(of(100).split(20, 7)).isNotEqualTo(of(100).split(20, 8));
    assertThat(labels(of(10).split(3, 1).heldOut())).containsExactly(6, 7, 9);
  }

  /** Who names a folder twice wants its pictures twice as often, and none of them on both sides. */
  @Test
  void aPictureThatIsThereTwiceIsOnOneSide() {
    List<PictureSet.Entry> twice = new ArrayList<>(of(20).entries());
    twice.addAll(of(8).entries());
    PictureSet.Split split = new PictureSet(Path.of("set"), twice).split(10, 3);
    assertThat(labels(split.heldOut())).hasSize(10).doesNotHaveDuplicates();
    assertThat(labels(split.rest())).doesNotContainAnyElementsOf(labels(split.heldOut()));
    assertThat(labels(split.rest()).stream().distinct()).hasSize(10);
    assertThat(split.rest().size()).isGreaterThan(10);
    assertThatThrownBy(() -> new PictureSet(Path.of("set"), twice).split(21, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSplitTakesWhatThereIs() {
    assertThat(of(3).split(3, 1).rest().size()).isZero();
    assertThat(of(3).split(0, 1).rest()).isEqualTo(of(3));
    assertThatThrownBy(() -> of(3).split(4, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
