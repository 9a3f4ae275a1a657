package dev.lowpass.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowpass.learn.Drawn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A picture of two channels, 5x7, and what may become of it. */
class AugmentationProperties {
  private static final int ROWS = 5;
  private static final int COLUMNS = 7;
  private static final int SAMPLES = 2 * ROWS * COLUMNS;
  private static final float[] PICTURE = Drawn.floats(SAMPLES, 1);

  /** Moved by whole samples, the edge repeated, both channels alike. */
  private static List<Float> moved(int down, int right, boolean mirrored) {
    List<Float> moved = new ArrayList<>();
    for (int channel = 0; channel < 2; channel++) {
      for (int y = 0; y < ROWS; y++) {
        for (int x = 0; x < COLUMNS; x++) {
          int row = Math.min(Math.max(y + down, 0), ROWS - 1);
          int column = Math.min(Math.max(x + right, 0), COLUMNS - 1);
          moved.add(PICTURE[(channel * ROWS + row) * COLUMNS + (mirrored ? COLUMNS - 1 - column : column)]);
        }
      }
    }
    return moved;
  }

  private static List<Float> changed(Augmentation augmentation, long seed) {
    float[] target = new float[SAMPLES + 5];
    augmentation.move(PICTURE, target, 3, ROWS, COLUMNS, new SplittableRandom(seed));
    List<Float> changed = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      changed.add(target[3 + i]);
    }
    assertThat(List.of(target[0], target[2], target[SAMPLES + 3], target[SAMPLES + 4])).containsOnly(0f);
    return changed;
  }

  @Property(tries = 50)
  void aPictureIsMovedByNoMoreThanTheShift(
      @ForAll @IntRange(max = 3) int shift, @ForAll boolean flip, @ForAll long seed) {
    List<List<Float>> possible = new ArrayList<>();
    for (int down = -shift; down <= shift; down++) {
      for (int right = -shift; right <= shift; right++) {
        possible.add(moved(down, right, false));
        if (flip) {
          possible.add(moved(down, right, true));
        }
      }
    }
    assertThat(possible).contains(changed(new Augmentation(shift, flip, 0, 0), seed));
  }

  @Example
  void everyMoveComesAboutAndHalfOfThemInAMirror() {
    Set<List<Float>> seen = new LinkedHashSet<>();
    int mirrored = 0;
    for (int seed = 0; seed < 600; seed++) {
      List<Float> changed = changed(new Augmentation(1, true, 0, 0), seed);
      seen.add(changed);
      mirrored += isMirrored(changed) ? 1 : 0;
    }
    assertThat(seen).hasSize(18);
    // Five standard deviations of 600 throws of a coin are 61.
    assertThat(mirrored).isBetween(300 - 61, 300 + 61);
  }

  private static boolean isMirrored(List<Float> changed) {
    for (int down = -1; down <= 1; down++) {
      for (int right = -1; right <= 1; right++) {
        if (changed.equals(moved(down, right, true))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Of a plane a * y + b * x an enlarged picture is one too, about the same middle and less steep. */
  @Property(tries = 50)
  void anEnlargedPlaneIsAPlane(@ForAll boolean flip, @ForAll long seed) {
    float[] plane = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      plane[i] = 10 * (i / COLUMNS % ROWS - 2) + (i % COLUMNS - 3);
    }
    float[] enlarged = new float[SAMPLES];
    new Augmentation(0, flip, 0.5, 0).move(plane, enlarged, 0, ROWS, COLUMNS, new SplittableRandom(seed));
    float down = enlarged[COLUMNS] - enlarged[0];
    float right = enlarged[1] - enlarged[0];
    assertThat(down).isBetween(10 / 1.5f - 1e-4f, 10f);
    assertThat(Math.abs(right)).isCloseTo(down / 10, within(1e-4f));
    for (int i = 0; i < SAMPLES; i++) {
      float expected = down * (i / COLUMNS % ROWS - 2) + right * (i % COLUMNS - 3);
      assertThat(enlarged[i]).isCloseTo(expected, within(1e-3f));
    }
  }

  @Example
  void withoutAugmentationPicturesAreAsTheyWere() {
    assertThat(changed(Augmentation.NONE, 1)).isEqualTo(moved(0, 0, false));
    float[] pictures = Drawn.floats(3 * SAMPLES, 2);
    Augmentation.NONE.mix(pictures, 3, new SplittableRandom(1));
    assertThat(pictures).isEqualTo(Drawn.floats(3 * SAMPLES, 2));
  }

  /** Each becomes p · itself + (1 - p) · the one behind it, as that was before: the parts add up to one picture. */
  @Property(tries = 50)
  void aMixedPictureIsPartsOfTwo(@ForAll @IntRange(min = 1, max = 5) int count, @ForAll long seed) {
    float[] before = Drawn.floats(count * SAMPLES, seed);
    float[] pictures = before.clone();
    new Augmentation(0, false, 0, 1).mix(pictures, count, new SplittableRandom(seed));
    for (int i = 0; i < count; i++) {
      int own = i * SAMPLES;
      int other = (i + 1) % count * SAMPLES;
      float part = part(before[own], before[other], pictures[own]);
      assertThat(part).isBetween(0f, 1f);
      for (int k = 0; k < SAMPLES; k++) {
        float mixed = part * before[own + k] + (1 - part) * before[other + k];
        assertThat(pictures[own + k]).isCloseTo(mixed, within(1e-3f));
      }
    }
  }

  private static float part(float own, float other, float mixed) {
    return own == other ? 1 : Math.clamp((mixed - other) / (own - other), 0, 1);
  }

  /** Pictures that all have the same sum, mixed, have it still. */
  @Property(tries = 20)
  void mixingKeepsSums(@ForAll long seed) {
    int count = 4;
    float[] pictures = Drawn.floats(count * SAMPLES, seed);
    for (int i = 0; i < count; i++) {
      pictures[i * SAMPLES] += (float) (10 - sum(pictures, i));
    }
    new Augmentation(0, false, 0, 0.6).mix(pictures, count, new SplittableRandom(seed));
    for (int i = 0; i < count; i++) {
      assertThat(sum(pictures, i)).isCloseTo(10, within(1e-4));
    }
  }

  private static double sum(float[] pictures, int index) {
    double sum = 0;
    for (int k = 0; k < SAMPLES; k++) {
      sum += pictures[index * SAMPLES + k];
    }
    return sum;
  }

  @Example
  void refusesWhatIsNoAugmentation() {
    assertThatThrownBy(() -> new Augmentation(-1, false, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Augmentation(0, false, 0, 1.1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Augmentation(0, false, 0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Augmentation(0, false, -0.1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
