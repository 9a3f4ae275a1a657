package dev.lowpass.testsuite.fuzz.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred and sixty damaged files in every build; more of them, or others, as the properties say:
 *
 * <pre>
 * mvn -q -pl testsuite -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=CampaignTest -Dlowpass.fuzz.trials=20000
 * mvn -q -pl testsuite -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=CampaignTest -Dlowpass.fuzz.only=onnx:17,ir:4
 * </pre>
 *
 * The first trial is {@code lowpass.fuzz.first}, 0 unless given. Files of trials that fail are kept in the folder {@code
 * lowpass.fuzz.keep}, if one is named.
 */
class CampaignTest {
  private static final long TRIALS = 160;

  @TempDir private Path folder = Path.of("");

  @Test
  void damagedFilesAreRefusedInOneLine() throws Exception {
    Optional<Path> kept = Optional.ofNullable(System.getProperty("lowpass.fuzz.keep")).map(Path::of);
    Campaign.Result result = new Campaign(folder, kept, System.out::println).run(trials());
    result.outcomes().forEach((outcome, count) -> System.out.println(count + " " + outcome));
    assertThat(result.failures()).isEmpty();
  }

  private static List<Trial> trials() {
    String only = System.getProperty("lowpass.fuzz.only", "");
    if (!only.isEmpty()) {
      return Stream.of(only.split(",")).map(Trial::parse).toList();
    }
    long first = Long.getLong("lowpass.fuzz.first", 0);
    long count = Long.getLong("lowpass.fuzz.trials", TRIALS);
    return LongStream.range(first, first + count).mapToObj(CampaignTest::trial).toList();
  }

  /** Of eight trials five damage models, one each the other kinds. */
  private static Trial trial(long number) {
    Kind kind =
        switch ((int) (number % 8)) {
          case 0 -> Kind.ARTIFACT;
          case 1 -> Kind.BANDS;
          case 2 -> Kind.IR;
          default -> Kind.ONNX;
        };
    return new Trial(kind, number);
  }
}
