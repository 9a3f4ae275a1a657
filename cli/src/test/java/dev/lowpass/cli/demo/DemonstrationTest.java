package dev.lowpass.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.Progress;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemonstrationTest {
  private static final int LINES = 300;

  /** What the shipped classifier may lose on so few lines, of which each is a third of a point. */
  private static final int LOST = 5;

  @Test
  void theShippedClassifierCompilesAndReadsNearlyAsWellAsTheOriginal(@TempDir Path folder) throws IOException {
    DemoResult result = new Demonstration(folder, LINES, Progress.silent()).run();

    assertThat(result.peer().right()).isGreaterThan(LINES * 97 / 100);
    assertThat(result.dense().agreeing()).isEqualTo(LINES);
    assertThat(result.lowpassed().right()).isGreaterThanOrEqualTo(result.dense().right() - LOST);
    assertThat(result.smaller().name()).matches("dense, \\d+x\\d+");
    assertThat(result.retained().multiplyAdds()).isPositive();
  }
}
