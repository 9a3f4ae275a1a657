package dev.lowpass.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoresTest {
  @Test
  void ofEqualScoresTheLowerClassComesFirst() {
    assertThat(new Scores(new float[] {1, 3, 3, 2}).top(3)).containsExactly(1, 2, 3);
    assertThat(new Scores(new float[] {1, 3, 3, 2}).best()).isEqualTo(1);
  }
}
