package dev.lowpass.testsuite.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The first hundred random networks; {@link Campaign} goes on from there. */
class RandomNetworksTest {
  private static final int COUNT = 100;

  @TestFactory
  Stream<DynamicTest> networks() {
    return IntStream.range(0, COUNT)
        .mapToObj(
            seed -> DynamicTest.dynamicTest("seed " + seed, () -> assertThat(Campaign.failure(seed)).isEmpty()));
  }
}
