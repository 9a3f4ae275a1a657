package dev.lowpass.codegen.cpu.kernel.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowTilesTest {
  /** Each height that is left over is code of its own. */
  @Test
  void remaindersAreWhatWholeTilesLeave() {
    assertThat(RowTiles.of(4, 8, 9, 3, 11, 0, 1).remainders()).containsExactly(1, 3);
    assertThat(RowTiles.of(1, 5, 7).remainders()).isEmpty();
  }
}
