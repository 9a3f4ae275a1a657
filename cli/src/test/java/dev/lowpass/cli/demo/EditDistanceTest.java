package dev.lowpass.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EditDistanceTest {
  @Test
  void insertsDeletesAndReplaces() {
    assertThat(EditDistance.between("", "")).isZero();
    assertThat(EditDistance.between("", "abc")).isEqualTo(3);
    assertThat(EditDistance.between("abc", "")).isEqualTo(3);
    assertThat(EditDistance.between("kitten", "sitting")).isEqualTo(3);
    assertThat(EditDistance.between("sitting", "kitten")).isEqualTo(3);
    assertThat(EditDistance.between("flaw", "lawn")).isEqualTo(2);
    assertThat(EditDistance.between("same", "same")).isZero();
  }
}
