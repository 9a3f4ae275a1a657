package dev.lowpass.testsuite.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A hundred random networks in every build; more of them, or others, as the properties say:
 *
 * <pre>
 * mvn -q -pl testsuite -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=RandomNetworksTest -Dlowpass.random.count=2000
 * mvn -q -pl testsuite -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=RandomNetworksTest -Dlowpass.random.first=17 -Dlowpass.random.count=1
 * </pre>
 *
 * A network takes a second or two. {@link Campaign} does the same as a program, which says what fails as soon as it does.
 */
class RandomNetworksTest {
  private static final long COUNT = 100;

  @TestFactory
  Stream<DynamicTest> networks() {
    long first = Long.getLong("lowpass.random.first", 0);
    return LongStream.range(first, first + Long.getLong("lowpass.random.count", COUNT))
        .mapToObj(
            seed -> DynamicTest.dynamicTest("seed " + seed, () -> assertThat(Campaign.failure(seed)).isEmpty()));
  }
}
