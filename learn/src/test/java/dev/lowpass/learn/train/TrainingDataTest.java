package dev.lowpass.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.learn.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Seven pictures of one sample, which is their number, as is their label. */
class TrainingDataTest {
  private static final int COUNT = 7;
  private static final Pictures PICTURES =
      new Pictures(
          IntStream.range(0, COUNT).mapToObj(i -> new float[] {i}).toArray(float[][]::new),
          IntStream.range(0, COUNT).map(i -> i == 3 ? -1 : i).toArray());

  private static TrainingData data(long seed) {
    return new TrainingData(PICTURES, Augmentation.NONE, 1, 1, 1, seed);
  }

  /** Batches of three do not end where rounds of seven do. */
  private static List<Integer> order(long seed, int batches) {
    List<Integer> order = new ArrayList<>();
    for (int step = 0; step < batches; step++) {
      for (float picture : data(seed).batch(step, 3).pictures()) {
        order.add((int) picture);
      }
    }
    return order;
  }

  @Test
  void everyPictureComesOnceARound() {
    List<Integer> order = order(1, 14);
    for (int round = 0; round < 6; round++) {
      assertThat(order.subList(round * COUNT, (round + 1) * COUNT)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void roundsAndSeedsHaveOrdersOfTheirOwn() {
    List<Integer> order = order(1, 14);
    assertThat(order.subList(0, COUNT)).isNotEqualTo(order.subList(COUNT, 2 * COUNT));
    assertThat(order).isNotEqualTo(order(2, 14));
  }

  @Test
  void aBatchMayBeLongerThanARound() {
    TrainingData.Batch batch = data(1).batch(1, 2 * COUNT);
    List<Integer> pictures = new ArrayList<>();
    for (float picture : batch.pictures()) {
      pictures.add((int) picture);
    }
    assertThat(pictures.subList(0, COUNT)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    assertThat(pictures.subList(COUNT, 2 * COUNT)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void labelsComeWithTheirPictures() {
    TrainingData.Batch batch = data(1).batch(0, COUNT);
    assertThat(batch.size()).isEqualTo(COUNT);
    for (int i = 0; i < COUNT; i++) {
      int picture = (int) batch.pictures()[i];
      assertThat(batch.labels()[i]).isEqualTo(picture == 3 ? -1 : picture);
    }
  }

  @Test
  void theSameSeedAndStepGiveTheSameBatch() {
    Augmentation much = new Augmentation(2, true, 0.3, 0.5);
    Pictures pictures = Pictures.drawn(5, 3 * 4 * 6, 1);
    TrainingData.Batch batch = new TrainingData(pictures, much, 3, 4, 6, 8).batch(11, 4);
    TrainingData.Batch again = new TrainingData(pictures, much, 3, 4, 6, 8).batch(11, 4);
    assertThat(again.pictures()).isEqualTo(batch.pictures());
    TrainingData.Batch other = new TrainingData(pictures, much, 3, 4, 6, 9).batch(11, 4);
    assertThat(other.pictures()).isNotEqualTo(batch.pictures());
  }
}
