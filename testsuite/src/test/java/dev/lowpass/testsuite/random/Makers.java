package dev.lowpass.testsuite.random;

import java.util.List;
import java.util.stream.Stream;

/** All makers; a kind of operator that is to be drawn more often stands there more often. */
final class Makers {
  static final List<Maker> ALL =
      Stream.of(
              LayerMakers.ALL,
              LayerMakers.ALL,
              ScalarMakers.ALL,
              MovementMakers.ALL,
              GatheringMakers.ALL,
              ResamplingMakers.ALL,
              AlongAxisMakers.ALL,
              RelationMakers.ALL,
              IndexedMakers.ALL)
          .flatMap(List::stream)
          .toList();

  private Makers() {}
}
